package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/prebuilt"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// job is one run of the main job.
type job struct {
	options
	started  time.Time
	root     string // of the repository
	temp     string // the run's temporary files
	asked    settings.Settings
	engine   *engine.Engine
	on       engine.Info // its machine; with an existing cluster, this one
	renderer progress.Renderer
	events   progress.Sink // shows an event, and keeps it in the reports' folder
	steps    steps

	peakMemory int64 // bytes, while the lanes were up
}

// e2e runs the job and returns the exit code. The result is settled before anything is swept; a sweep that fails is
// reported beside it.
func e2e(o options) int {
	j := &job{options: o, started: time.Now(), renderer: progress.For(os.Stderr)}
	defer j.renderer.Close()
	ctx, stop := interruptible(j.renderer)
	defer stop()
	j.events = j.renderer.Sink

	err := j.locate(ctx)
	ctx = progress.With(ctx, j.events)
	if err == nil && os.Getenv(settings.DryRunEnv) != "" {
		return j.dryRun(ctx)
	}
	if err == nil {
		err = j.prepare(ctx)
	}
	if err == nil {
		peak := watchMemory(j.on)
		err = j.proveAll(ctx)
		j.peakMemory = peak()
	}
	if dead := j.engine.Alive(context.WithoutCancel(ctx)); dead != nil {
		fmt.Fprintln(j.renderer, "gateproof:", dead) // which explains whatever else went wrong
	}
	sweepErr := j.sweep(context.WithoutCancel(ctx))
	j.renderer.Close()
	code := j.conclude(ctx, err)
	if sweepErr != nil {
		fmt.Fprintln(os.Stderr, "gateproof: sweeping up failed:", sweepErr)
		code = max(code, reports.ExitNoVerdict)
	}
	return code
}

// locate finds the repository, or the folder that has its programs, and empties its folder of reports: the last run's must not be taken for this one's.
func (j *job) locate(ctx context.Context) error {
	if j.root = prebuilt.Dir(); j.root == "" {
		gomod, err := run.Output(ctx, "go", "env", "GOMOD")
		if err != nil {
			return err
		}
		if j.root = filepath.Dir(strings.TrimSpace(gomod)); j.root == "." || j.root == "/dev" {
			return input.Errorf("the e2e command must be run in gateproof's repository")
		}
	}
	kept := filepath.Join(reports.Out(j.root), reports.EventsFile)
	if err := errors.Join(os.MkdirAll(reports.Out(j.root), 0o755), reports.Clean(j.root), os.RemoveAll(kept), os.RemoveAll(j.log())); err != nil {
		return err
	}
	keep, err := progress.ToFile(kept)
	if err != nil {
		return err
	}
	j.events = progress.Tee(j.renderer.Sink, keep, j.steps.note)
	return nil
}

// prepare checks the input, and provides engine, images and the compiled suite. What a run needs long is done here,
// where a person sees it.
func (j *job) prepare(ctx context.Context) (err error) {
	j.temp = paths.Temp(owner.ID()) + "-job"
	if err := os.MkdirAll(j.temp, 0o755); err != nil {
		return err
	}
	if err := j.export(j.root, filepath.Join(j.temp, "events")); err != nil {
		return err
	}
	if err := paths.GoTemp(j.temp); err != nil {
		return err
	}
	if j.asked, err = settings.FromEnv(); err != nil {
		return err
	}
	if err := claims.Known(j.asked.Lanes); err != nil {
		return err
	}
	if err := j.validate(); err != nil {
		return err
	}
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return j.compile(ctx) })
	both.Go(func() error { return j.provide(ctx) })
	return both.Wait()
}

func (j *job) result() string { return filepath.Join(reports.Out(j.root), reports.RunFile) }

// provide gets the engine and, for all lanes, the images.
func (j *job) provide(ctx context.Context) (err error) {
	j.on = engine.Info{CPUs: runtime.NumCPU(), MemoryBytes: -1}
	if e := j.asked.Existing; e != nil {
		return j.greet(ctx, *e)
	}
	if _, err := exec.LookPath("docker"); err != nil && prebuilt.Dir() != "" {
		return input.Errorf("this image proves the claims on a cluster that is there: it needs KUBECONFIG and EXPECT=shared|isolated")
	}
	if j.engine, err = up.Engine(ctx); err != nil {
		return err
	}
	if j.on, err = engine.Describe(ctx); err != nil {
		return err
	}
	return up.EnsureImages(ctx, j.asked.ClusterOptions())
}

// greet says which cluster the run is about to use, before anything is created there.
func (j *job) greet(ctx context.Context, e existing.Cluster) error {
	c, err := e.Attach(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(j.renderer, "existing cluster, called %s: context %q, %s, Kubernetes %s; processes are expected to be %s, the field %s\n",
		c.Lane.Name, c.Name, c.Facts["server"], c.Lane.Version, c.Lane.Expect.Processes, c.Lane.Expect.Field)
	return err
}

// compile builds the suite once for all Ginkgo processes.
func (j *job) compile(ctx context.Context) (err error) {
	if prebuilt.Dir() != "" {
		return nil
	}
	step := progress.Start(ctx, "compile the suite")
	defer step.End(&err)
	_, err = run.Cmd{Argv: []string{"go", "test", "-c", "-ldflags=-w", "-o", j.suite(), "./e2e"}, Dir: j.root}.Run(ctx)
	return err
}

// suite is kept: unchanged, it is not linked again.
func (j *job) suite() string {
	if path, ok := prebuilt.Path(prebuilt.Suite); ok {
		return path
	}
	return filepath.Join(j.root, ".bin", prebuilt.Suite)
}

// sweep removes what the run made, and stops the engine if it was started for it.
func (j *job) sweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var errs []error
	if j.engine != nil {
		errs = append(errs, up.Sweep(ctx, owner.ID(), ""))
		step := progress.Start(ctx, "leave the engine")
		err := j.engine.Release(ctx)
		step.End(&err)
		errs = append(errs, err)
	}
	for _, dir := range []string{j.temp, j.asked.Dir} {
		if dir != "" {
			errs = append(errs, os.RemoveAll(dir))
		}
	}
	return errors.Join(errs...)
}
