package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/bench"
)

func benchCommand() *cobra.Command {
	var times int
	c := &cobra.Command{
		Use:     "bench",
		Short:   "Measure a warm run, by phase and by claim, against plain kind in the same run",
		Example: examples("bench", "bench --times=5"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, news progress.Renderer) error {
				if times < 1 {
					return input.Errorf("--times=%d: once is the least", times)
				}
				b, err := bench.Measure(ctx, times)
				if err != nil {
					return err
				}
				news.Close()
				return b.Print(cmd.OutOrStdout())
			})
		},
	}
	c.Flags().IntVar(&times, "times", 1, "measure so many times in turn, and show medians")
	return c
}
