package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func root() *cobra.Command {
	name := "gateproof"
	if strings.HasPrefix(filepath.Base(os.Args[0]), "kubectl-") {
		name = "kubectl gateproof"
	}
	cmd := &cobra.Command{
		Use:   "gateproof",
		Short: "Prove what Kubernetes promises about shared process namespaces",
		Long: `Prove what Kubernetes promises about shared process namespaces: on kind clusters with the feature gate on and off, or on a cluster
that is there.

Each option of a command can be given as the environment variable that is named with it.`,
		Example: examples(
			"run                                            # two lanes of its own: the gate on, the gate off",
			"run --kubeconfig ~/.kube/config --expect shared  # a cluster that is there",
			"look --kubeconfig ~/.kube/config               # what a run would find there",
			"doctor                                         # what this machine can run",
		),
		SilenceErrors: true,
		SilenceUsage:  true,
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: name},
	}
	cmd.AddCommand(runCommand(), lookCommand(), lanesCommand(), doctorCommand(), imagesCommand(), mutantsCommand(), benignCommand(),
		vmCommand(), benchCommand(), claimsCommand(), reportCommand(), versionCommand(), sonobuoyCommand(), optionsCommand(), hostPackagesCommand())
	return cmd
}

// helpOnly is what a command does that has nothing but commands of its own: another word is none of these.
func helpOnly(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// examples are lines that cobra shows, each a command.
func examples(lines ...string) string {
	return "  gateproof " + strings.Join(lines, "\n  gateproof ")
}
