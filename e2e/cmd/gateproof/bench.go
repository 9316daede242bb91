package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/bench"
)

func benchCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "bench",
		Short:   "Measure a warm run, by phase and by claim, against plain kind in the same run",
		Example: examples("bench"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, news progress.Renderer) error {
				b, err := bench.Measure(ctx)
				if err != nil {
					return err
				}
				news.Close()
				return b.Print(cmd.OutOrStdout())
			})
		},
	}
}
