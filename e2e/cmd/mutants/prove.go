package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/e2e/prebuilt"
	"github.com/gateproof/gateproof/reports"
)

// timeouts are shorter than a run's own: on a broken cluster most waits are for what never comes.
const timeouts = "PodReady=60s,PodMade=60s,Observation=6s,Restart=30s,ProbeAnswer=20s,Terminal=10s,PodGone=60s"

// interruptGrace is how long a run of the suite may take to end after an interrupt.
const interruptGrace = 30 * time.Second

// suiteRun is one run of the suite.
type suiteRun struct {
	name       string // of its folder of reports
	lanes      []clusters.Lane
	kubeconfig string   // instead of the lane's own
	claims     []string // ids; none: all
	without    []string // ids that are left out
	broken     bool     // on purpose
}

// labelFilter is Ginkgo's for the run's claims.
func (r suiteRun) labelFilter() string {
	var parts []string
	if len(r.claims) > 0 {
		var any []string
		for _, id := range r.claims {
			any = append(any, "claim:"+id)
		}
		parts = append(parts, "("+strings.Join(any, " || ")+")")
	}
	for _, id := range r.without {
		parts = append(parts, "!claim:"+id)
	}
	return strings.Join(parts, " && ")
}

// env is the run's environment, less what the caller's shell has for runs of its own.
func (r suiteRun) env(dir string) []string {
	var env []string
	for _, pair := range os.Environ() {
		switch name, _, _ := strings.Cut(pair, "="); name {
		case "KUBECONFIG", "EXPECT", "FIELD", "KUBE_CONTEXT", "FOCUS", "SKIP", "ARTIFACTS", "DRY_RUN":
		default:
			env = append(env, pair)
		}
	}
	env = append(env, reports.DirEnv+"="+dir, "LABEL_FILTER="+r.labelFilter(), "LANES="+clusters.Words(r.lanes))
	if r.kubeconfig != "" {
		env = append(env, "LANES=", "KUBECONFIG="+r.kubeconfig, "EXPECT="+string(r.lanes[0].Expect.Processes), "FIELD="+string(r.lanes[0].Expect.Field))
	}
	if r.broken {
		env = append(env, "TIMEOUTS="+timeouts)
	}
	return env
}

// programs is the folder of the suite's programs, compiled once for all runs.
func programs() string {
	dir, err := filepath.Abs(filepath.Join(".bin", "prebuilt"))
	if err != nil {
		return ""
	}
	return dir
}

// compile makes them.
func compile(ctx context.Context) error {
	if err := os.MkdirAll(programs(), 0o755); err != nil {
		return err
	}
	return prebuilt.Compile(ctx, programs(), false, prebuilt.Suite, prebuilt.Ginkgo, prebuilt.Probe)
}

// folder is where a run's reports are.
func folder(name string) string {
	dir, err := filepath.Abs(filepath.Join("reports", "out", "mutants", name))
	if err != nil {
		return name
	}
	return dir
}

// prove runs the suite on the kept lanes, and returns what it found.
func prove(ctx context.Context, r suiteRun) (reports.Run, error) {
	dir := folder(r.name)
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return reports.Run{}, err
	}
	log, err := os.Create(filepath.Join(dir, "output"))
	if err != nil {
		return reports.Run{}, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, filepath.Join(".bin", prebuilt.E2E))
	cmd.Env = append(r.env(dir), prebuilt.Env+"="+programs())
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt is passed on once
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = interruptGrace
	runErr := cmd.Run()
	if ctx.Err() != nil {
		return reports.Run{}, errors.New("interrupted; the clusters are as they were")
	}
	found, err := reports.Load(filepath.Join(dir, reports.RunFile))
	if err != nil {
		return found, fmt.Errorf("the suite left no result (%w; %v); it printed %s", err, runErr, log.Name())
	}
	return found, nil
}
