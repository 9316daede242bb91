// Command e2e is the main job: it provides the engine and the images, runs the suite, sweeps what the run made,
// and answers with an exit code: 0 all conformance claims hold, 1 a claim failed, 2 the infrastructure or the input
// was at fault.
package main

import (
	"os"

	"github.com/spf13/cobra"
)

func main() {
	code := 2 // what cobra refuses is bad input
	cmd := command(func(o options) { code = e2e(o) })
	if err := cmd.Execute(); err != nil {
		os.Exit(2)
	}
	os.Exit(code)
}

func command(run func(options)) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "e2e",
		Short: "Prove the claims about shared process namespaces on real kind clusters",
		Long: `Prove the claims about shared process namespaces on real kind clusters.

Boots the lanes in parallel, runs every claim in each, writes JUnit to reports/out (and to $ARTIFACTS when set),
and removes all that it made. Each flag can be given as the environment variable named with it.

With KUBECONFIG and EXPECT=shared|isolated set, both on purpose, the claims are proved on that existing cluster instead
(KUBE_CONTEXT: another context than the current one; CLUSTER: what reports call it, if not by its context's name;
IMAGE_REGISTRY: where its nodes find the workload images; IMAGE_PULL_SECRET: credentials for that, NAMESPACE/NAME of a Secret of
the cluster's or a docker config file; RUNTIME_CLASS: its RuntimeClass that the suite's pods shall run by;
FIELD=kept|dropped|refused: what its API server is expected to do with the field, if not what its release does).
Before the first claim a first look says what the cluster makes of a pod and what that costs; with LOOK set on lanes of our own, too.

Exit code: 0 all conformance claims hold, 1 a claim failed, 2 the infrastructure or the input was at fault.`,
		Args:          cobra.NoArgs,
		SilenceErrors: false,
		SilenceUsage:  true,
		Run:           func(*cobra.Command, []string) { run(o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.lanes, "lanes", os.Getenv("LANES"), "lanes by name, or paths of lane files, comma-separated, or all (LANES; default on,off)")
	f.StringVar(&o.labelFilter, "label-filter", os.Getenv("LABEL_FILTER"), "Ginkgo label filter, e.g. 'group:signals && kind:conformance' (LABEL_FILTER)")
	f.StringVar(&o.focus, "focus", os.Getenv("FOCUS"), "run only specs whose name matches this regular expression (FOCUS)")
	f.StringVar(&o.skip, "skip", os.Getenv("SKIP"), "leave out specs whose name matches this regular expression (SKIP)")
	f.StringVar(&o.procs, "procs", os.Getenv("PROCS"), "parallel Ginkgo processes (PROCS; default 3 for each core)")
	f.StringVar(&o.nodeImage, "node-image", os.Getenv("NODE_IMAGE"), "a node image to use instead of the lanes' own (NODE_IMAGE)")
	f.StringVar(&o.fixtures, "fixtures", os.Getenv("FIXTURES"), "folder whose files replace fixtures of the same name (FIXTURES)")
	f.BoolVarP(&o.verbose, "verbose", "v", os.Getenv("VERBOSE") != "", "show Ginkgo's own output (VERBOSE)")
	return cmd
}
