package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/version"
	"github.com/gateproof/gateproof/fixtures/program"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which suite this is, and what the program has in it",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.All()
			if err != nil {
				return err
			}
			n := 0
			for _, g := range claims.Catalogue {
				n += len(g.Claims)
			}
			suite := version.Suite()
			if version.Release != "" && version.Commit != "" {
				suite += ", commit " + version.Commit
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "gateproof %s\nsuite    %s\nhas      %d claims, %d lanes, probes for %s nodes\ngo       %s %s/%s\n",
				suite, version.Digest(), n, len(lanes), strings.Join(program.Architectures(), " and "), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
