package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/doctor"
	"github.com/gateproof/gateproof/clusters/lane"
)

func doctorCommand() *cobra.Command {
	var spec, image string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this host can run, lane by lane, and what to do where it can't",
		Long: "Looks at engine, cgroup version, memory, disk and kernel settings, and changes nothing. " +
			"Exits with 2 if a lane that was asked for (LANES), or else one of the default lanes, cannot run here.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wanted, err := lane.Select(spec)
			if err != nil {
				return err
			}
			shown, err := lane.Select("all")
			if err != nil {
				return err
			}
			if spec != "" {
				shown = wanted
			}
			host := doctor.Look(cmd.Context())
			checked, err := host.Check(cmd.Context(), shown, image)
			if err != nil {
				return err
			}
			if err := doctor.Print(cmd.OutOrStdout(), host, checked); err != nil {
				return err
			}
			for _, c := range checked {
				for _, l := range wanted {
					if l.Name == c.Lane.Name && !c.Runs() {
						return errors.New("lane " + l.Name + " cannot run here")
					}
				}
			}
			return nil
		},
	}
	lanesFlag(cmd, &spec)
	cmd.Flags().StringVar(&image, "node-image", os.Getenv("NODE_IMAGE"), "a node image to use instead of the lanes' own (NODE_IMAGE)")
	return cmd
}
