package job

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// dryRun lists the specs that a run would run. It needs no engine; of a cluster that is there it takes the list of nodes, and makes nothing there.
func (j *job) dryRun(ctx context.Context) (code int) {
	err := j.list(ctx)
	j.renderer.Close()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return reports.ExitNoVerdict
	}
	return reports.ExitHolds
}

func (j *job) list(ctx context.Context) (err error) {
	if j.temp, err = os.MkdirTemp("", "gateproof-dry-run-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(j.temp)) }()
	if err := export(""); err != nil {
		return err
	}
	if err := j.validate(); err != nil {
		return err
	}
	if j.asked, err = settings.FromEnv(); err != nil {
		return err
	}
	if e := j.asked.Existing; e != nil {
		if err := j.greet(ctx, *e); err != nil {
			return err
		}
	}
	_, suite, err := j.programs()
	if err != nil {
		return err
	}
	// One process lists; a filter is Ginkgo's own.
	_, err = run.Cmd{Argv: append([]string{suite}, prefixed(j.filters())...), Stdout: os.Stdout}.Run(ctx)
	return err
}

// prefixed are Ginkgo's flags as the compiled suite takes them.
func prefixed(flags []string) []string {
	out := []string{"--ginkgo.no-color"}
	for _, f := range flags {
		out = append(out, "--ginkgo."+f[len("--"):])
	}
	return out
}
