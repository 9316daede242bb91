package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
)

func lanesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Args:    cobra.NoArgs,
		RunE:    helpOnly,
		Use:     "lanes",
		Short:   "List the lanes, or keep some up between runs",
		Example: examples("lanes list", "lanes up --lanes on,off,latest", "lanes down"),
	}
	cmd.AddCommand(lanesListCommand(), lanesUpCommand(), lanesDownCommand())
	return cmd
}

func lanesListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the declared lanes",
		Example: examples("lanes list"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.All()
			if err != nil {
				return err
			}
			return printLanes(cmd.OutOrStdout(), lanes)
		},
	}
}

func lanesUpCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "up",
		Short:   "Bring lanes up and keep them, until down; runs then use them as they are",
		Example: examples("lanes up", "lanes up --lanes on,off,latest"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := settings.Lanes()
			if err != nil {
				return err
			}
			var set *up.Set
			err = withProgress(cmd.Context(), func(ctx context.Context, _ progress.Renderer) (err error) {
				set, err = up.Keep(ctx, up.Options{RunID: owner.ID(), Lanes: lanes, NodeImage: os.Getenv(settings.NodeImageEnv), Dir: up.KeptDir()})
				return err
			})
			if err != nil {
				return err
			}
			for _, c := range set.Clusters {
				use := "export KUBECONFIG=" + c.Kubeconfig
				if c.Relayed != "" { // until this process ends
					use = "docker exec " + c.Node.Container + " kubectl"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "lane %s is up: %s\n", c.Lane.Name, use)
			}
			return nil
		},
	}
	settings.Add(cmd, "lanes", "node-image", "registry", "debian-mirror", "keep-engine")
	return cmd
}

func lanesDownCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "down",
		Short:   "Remove the kept lanes",
		Example: examples("lanes down"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, _ progress.Renderer) error { return up.DropKept(ctx) })
		},
	}
	settings.Add(cmd, "keep-engine")
	return cmd
}
