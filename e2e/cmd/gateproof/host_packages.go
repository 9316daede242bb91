package main

import (
	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
)

func hostPackagesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "host-packages PACKAGE...",
		Short: "Install those of the Debian packages that this machine lacks",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return hostpkg.Install(cmd.Context(), args...) },
	}
}
