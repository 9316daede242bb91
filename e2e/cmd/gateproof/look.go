package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/look/alone"
	"github.com/gateproof/gateproof/e2e/settings"
)

func lookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "look",
		Short: "Say what a run would find on a cluster, before it proves anything: rights, admission, exec, images, pace",
		Long: `Say what a run would find on a cluster, before it proves anything: rights, admission, exec, images, pace; what that would cost in
claims, and what to do. Exit code 0 where a run would reach its claims, 2 where it would end before the first.`,
		Example: examples("look --kubeconfig ~/.kube/config", "look  # the lanes that are kept up"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, news progress.Renderer) error {
				return alone.Run(ctx, cmd.OutOrStdout(), news)
			})
		},
	}
	settings.Add(cmd, "lanes", "kubeconfig", "context", "expect", "field", "cluster", "runtime-class", "nodes", "node-access", "image-registry", "image-archive", "image-pull-secret", "fixtures", "timeouts")
	return cmd
}
