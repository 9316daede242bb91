package main

import (
	"context"
	"fmt"
	"os"

	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// dryRun lists the specs that a run would run. It needs no engine and no cluster.
func (j *job) dryRun(ctx context.Context) int {
	err := j.export(j.root, "")
	if err == nil {
		err = j.validate()
	}
	if err == nil {
		j.asked, err = settings.FromEnv()
	}
	if err == nil {
		err = j.compile(ctx)
	}
	j.renderer.Close()
	if err == nil {
		// One process lists; a filter is Ginkgo's own.
		_, err = run.Cmd{Argv: append([]string{j.suite()}, prefixed(j.filters())...), Stdout: os.Stdout}.Run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return reports.ExitNoVerdict
	}
	return reports.ExitHolds
}

// prefixed are Ginkgo's flags as the compiled suite takes them.
func prefixed(flags []string) []string {
	out := []string{"--ginkgo.no-color"}
	for _, f := range flags {
		out = append(out, "--ginkgo."+f[len("--"):])
	}
	return out
}
