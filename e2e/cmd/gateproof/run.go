package main

import (
	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/e2e/job"
	"github.com/gateproof/gateproof/e2e/settings"
)

func runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Prove the claims: the main job",
		Long: `Prove the claims about shared process namespaces.

Boots the lanes in parallel, runs every claim in each, writes the reports, and removes all that it made. With --kubeconfig and
--expect, both on purpose, the claims are proved on that existing cluster instead; before the first claim a first look says what the
cluster makes of a pod and what that costs.

Exit code: 0 all conformance claims hold, 1 one is contradicted, 2 no verdict: one could not be observed, or the infrastructure or the
input was at fault.`,
		Example: examples(
			"run                                    # the lanes on and off",
			"run --lanes latest                     # the newest release",
			"run --kubeconfig K --expect shared     # a cluster that is there",
			"run --kubeconfig K --expect shared --nodes all",
			"run --focus hup --lanes on -v          # some of the claims, with Ginkgo's own output",
			"run --dry-run --label-filter 'group:signals && kind:conformance'",
		),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return ended(job.Run()) },
	}
	settings.Add(cmd, "lanes", "focus", "skip", "label-filter", "parallel", "timeout", "timeouts", "dry-run", "verbose",
		"kubeconfig", "context", "expect", "field", "cluster", "runtime-class", "nodes", "node-access", "image-registry", "image-archive", "image-pull-secret", "look",
		"node-image", "registry", "debian-mirror", "keep-engine", "fixtures", "output", "artifacts", "junit")
	return cmd
}
