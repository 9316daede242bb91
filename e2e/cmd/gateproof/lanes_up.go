package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/up"
)

func upCommand() *cobra.Command {
	var spec, image string
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Bring lanes up and keep them, until down",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.Select(spec)
			if err != nil {
				return err
			}
			set, err := up.Keep(cmd.Context(), up.Options{
				RunID: owner.ID(), Lanes: lanes, NodeImage: image, Dir: up.KeptDir(),
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
	lanesFlag(cmd, &spec)
	cmd.Flags().StringVar(&image, "node-image", os.Getenv("NODE_IMAGE"), "a node image to use instead of the lanes' own (NODE_IMAGE)")
	return cmd
}

func downCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "down",
		Short: "Remove the kept lanes",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return up.DropKept(cmd.Context()) },
	}
}

func imagesCommand() *cobra.Command {
	var spec, registry string
	cmd := &cobra.Command{
		Use:   "images",
		Short: "Provide the images that lanes need: found, pulled or built; or push those that pods run to a registry",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.Select(spec)
			if err != nil {
				return err
			}
			e, err := up.Engine(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = e.Release(cmd.Context()) }()
			if registry != "" {
				return up.PushImages(cmd.Context(), registry)
			}
			return up.EnsureImages(cmd.Context(), up.Options{Lanes: lanes})
		},
	}
	lanesFlag(cmd, &spec)
	cmd.Flags().StringVar(&registry, "push", os.Getenv("IMAGE_REGISTRY"), "HOST/PATH of a registry that an existing cluster's nodes pull from (IMAGE_REGISTRY)")
	return cmd
}
