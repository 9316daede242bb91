// Command bench says where a warm run's time goes, and how it compares with what kind alone needs for the same clusters:
// both are measured in one run, one after the other, on one engine.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/progress"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	renderer := progress.For(os.Stderr)
	cmd := &cobra.Command{
		Use:           "bench",
		Short:         "Measure a warm run, by phase and by claim, against plain kind",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := measure(cmd.Context())
			if err != nil {
				return err
			}
			renderer.Close()
			return b.print(cmd.OutOrStdout())
		},
	}
	err := cmd.ExecuteContext(progress.With(ctx, renderer.Sink))
	renderer.Close()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
}
