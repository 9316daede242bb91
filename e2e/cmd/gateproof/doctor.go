package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/doctor"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/settings"
)

func doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this host can run, lane by lane, and what to do where it can't",
		Long: "Looks at engine, cgroup version, memory, disk and kernel settings, and changes nothing. " +
			"Exits with 2 if a lane that was asked for, or else one of the default lanes, cannot run here.",
		Example: examples("doctor", "doctor --lanes latest"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			spec := os.Getenv(settings.LanesEnv)
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
			checked, err := host.Check(cmd.Context(), shown, os.Getenv(settings.NodeImageEnv))
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
	settings.Add(cmd, "lanes", "node-image", "registry")
	return cmd
}
