package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/e2e/sonobuoy"
)

// sonobuoyCommand is what Sonobuoy's worker starts.
func sonobuoyCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "sonobuoy",
		Short:  "Run as a plugin of Sonobuoy's",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := sonobuoy.Run(); err != nil {
				return fmt.Errorf("as a plugin of Sonobuoy's: %w", err)
			}
			return nil
		},
	}
}

// optionsCommand is for the docs.
func optionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "options",
		Short:  "Print the table of all options, as Markdown",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), settings.Table())
			return err
		},
	}
}

// hostPackagesCommand is what `make test` calls.
func hostPackagesCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "host-packages PACKAGE...",
		Short:  "Install those of the Debian packages that this machine lacks",
		Hidden: true,
		Args:   cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, _ progress.Renderer) error { return hostpkg.Install(ctx, args...) })
		},
	}
}
