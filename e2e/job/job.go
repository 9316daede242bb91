// Package job is the main job: it provides the engine and the images, runs the suite, sweeps what the run made, and answers with an exit
// code: 0 all conformance claims hold, 1 one is contradicted, 2 the infrastructure or the input was at fault, or one could not be observed.
package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/incluster"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// job is one run of the main job.
type job struct {
	options
	started   time.Time
	temp      string // the run's temporary files
	inCluster bool   // it proves the cluster that its pod is in
	asked     settings.Settings
	engine    *engine.Engine
	on        engine.Info // its machine; with an existing cluster, this one
	renderer  progress.Renderer
	events    progress.Sink // shows an event, and keeps it in the reports' folder
	steps     steps

	peakMemory  int64 // bytes, while the lanes were up
	suiteCutOff bool  // the suite ended before it could sweep a cluster that is there
}

// Run runs the job that the environment asks for and returns the exit code. The result is settled before anything is swept; a sweep that
// fails is reported beside it.
func Run() int {
	j := &job{options: fromEnv(), started: time.Now(), renderer: progress.For(os.Stderr)}
	defer j.renderer.Close()
	ctx, stop := interruptible(j.renderer)
	defer stop()
	j.events = j.renderer.Sink

	if settings.Set(settings.DryRunEnv) {
		return j.dryRun(ctx)
	}
	err := j.emptyReports()
	ctx = progress.With(ctx, j.events)
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
	code := j.conclude(ctx, err, sweepErr == nil)
	if j.inCluster {
		if left := leave(context.WithoutCancel(ctx)); code == reports.ExitHolds {
			code = left
		}
	}
	if sweepErr != nil {
		fmt.Fprintln(os.Stderr, "gateproof: sweeping up failed:", sweepErr)
		if code == reports.ExitHolds { // a contradiction stands, whatever else went wrong
			code = reports.ExitNoVerdict
		}
	}
	return code
}

// emptyReports empties the folder of reports: the last run's must not be taken for this one's.
func (j *job) emptyReports() error {
	kept := filepath.Join(reports.Out(), reports.EventsFile)
	if err := errors.Join(os.MkdirAll(reports.Out(), 0o755), reports.Clean(), os.RemoveAll(kept), os.RemoveAll(j.log())); err != nil {
		return err
	}
	keep, err := progress.ToFile(kept)
	if err != nil {
		return err
	}
	j.events = progress.Tee(j.renderer.Sink, keep, j.steps.note)
	return nil
}

// prepare checks the input, and provides engine and images. What a run needs long is done here, where a person sees it.
func (j *job) prepare(ctx context.Context) (err error) {
	j.temp = paths.Temp(owner.ID()) + "-job"
	if err := os.MkdirAll(j.temp, 0o755); err != nil {
		return err
	}
	if j.inCluster, err = incluster.Resolve(settings.KubeconfigEnv, j.temp); err != nil {
		return err
	}
	if err := export(filepath.Join(j.temp, "events")); err != nil {
		return err
	}
	if err := paths.GoTemp(j.temp); err != nil {
		return err
	}
	if j.asked, err = settings.FromEnv(); err != nil {
		return err
	}
	if j.inCluster && j.asked.Existing == nil {
		return input.Errorf("%s=%s: say what the cluster promises, too: %s=shared, or isolated", settings.KubeconfigEnv, incluster.Word, settings.ExpectEnv)
	}
	if err := claims.Known(j.asked.Lanes); err != nil {
		return err
	}
	if err := j.validate(); err != nil {
		return err
	}
	return j.provide(ctx)
}

func (j *job) result() string { return filepath.Join(reports.Out(), reports.RunFile) }

// provide gets the engine and, for all lanes, the images.
func (j *job) provide(ctx context.Context) (err error) {
	j.on = engine.Info{CPUs: runtime.NumCPU(), MemoryBytes: -1}
	if e := j.asked.Existing; e != nil {
		return j.greet(ctx, *e)
	}
	if j.engine, err = up.Engine(ctx); err != nil {
		return err
	}
	if j.on, err = engine.Describe(ctx); err != nil {
		return err
	}
	_, err = up.EnsureImages(ctx, j.asked.ClusterOptions())
	return err
}

// greet says which cluster the run is about to use, and which of its nodes, before anything is created there.
func (j *job) greet(ctx context.Context, e existing.Cluster) error {
	c, err := e.Attach(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(j.renderer, "existing cluster, called %s: context %q, %s, Kubernetes %s; processes are expected to be %s, the field %s\n",
		c.Lane.Name, c.Name, c.Facts["server"], c.Lane.Version, c.Lane.Expect.Processes, c.Lane.Expect.Field)
	if err != nil {
		return err
	}
	return j.chooseNodes(ctx, c)
}

// sweep removes what the run made, and stops the engine if it was started for it.
func (j *job) sweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var errs []error
	if j.suiteCutOff {
		errs = append(errs, j.sweepExisting(ctx))
	}
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

// sweepExisting removes from a cluster that is there what a suite has left on it that could not do so itself.
func (j *job) sweepExisting(ctx context.Context) (err error) {
	if j.asked.Existing == nil {
		return nil
	}
	step := progress.Start(ctx, "remove what the run has made on the cluster")
	defer step.End(&err)
	c, err := j.asked.Existing.Attach(ctx)
	if err != nil {
		return err
	}
	bench, err := lab.NewBench(c, owner.ID(), "")
	if err != nil {
		return err
	}
	return bench.Clean(ctx, false)
}
