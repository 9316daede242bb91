package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
)

func claimsCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "claims",
		Short:   "Print the catalogue of claims, as Markdown",
		Example: examples("claims"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := claim.Validate(claims.Catalogue); err != nil {
				return err
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), claim.Markdown(claims.Catalogue))
			return err
		},
	}
}
