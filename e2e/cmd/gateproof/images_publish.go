package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/up"
)

func publishCommand() *cobra.Command {
	var spec string
	var indexOnly bool
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Push the images that lanes need to a registry (GATEPROOF_REGISTRY), and print their lines of pins.yaml",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.Select(spec)
			if err != nil {
				return err
			}
			if !indexOnly {
				e, err := up.Engine(cmd.Context())
				if err != nil {
					return err
				}
				defer func() { _ = e.Release(cmd.Context()) }()
			}
			return up.Publish(cmd.Context(), lanes, indexOnly, func(image ours.Image, digest string) error {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", image, digest)
				return err
			})
		},
	}
	lanesFlag(cmd, &spec)
	cmd.Flags().BoolVar(&indexOnly, "index", false, "push nothing but the indexes of what machines of each architecture have pushed")
	return cmd
}
