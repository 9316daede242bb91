package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/kill"
)

// timeouts are shorter than a run's own: on a broken cluster most waits are for what never comes.
const timeouts = "PodReady=25s,PodMade=40s,Observation=5s,Restart=20s,ProbeAnswer=10s,Terminal=10s,PodGone=20s"

// interruptGrace is how long a run of the suite may take to end after an interrupt.
const interruptGrace = 30 * time.Second

// hunt runs the suite against each mutant, the lanes' side by side, and before and after against the unbroken clusters.
func hunt(ctx context.Context, selected []mutants.Mutant, whole bool) (kill.Matrix, error) {
	m := kill.Matrix{Started: time.Now(), Whole: whole}
	for _, g := range e2e.Catalogue {
		for _, c := range g.Claims {
			m.Claims = append(m.Claims, c.ID)
		}
	}
	kept, err := clusters.LoadKept()
	if err != nil {
		return m, clusters.Inputf("the mutants need kept lanes: run make lanes-up first (%w)", err)
	}
	unbroken, err := prove(ctx, "before", "")
	if err != nil {
		return m, err
	}
	if unbroken.ExitCode() != reports.ExitHolds {
		return m, fmt.Errorf("the unbroken clusters don't pass, so that no mutant's death would mean anything; see %s", folder("before"))
	}
	m.SuiteVersion = unbroken.SuiteVersion
	m.Mutants = make([]kill.Mutant, len(selected))
	group, groupCtx := errgroup.WithContext(ctx)
	for _, c := range kept.Clusters {
		group.Go(func() error {
			for i, mutant := range selected {
				if mutant.Lane != c.Lane.Name {
					continue
				}
				if m.Mutants[i], err = try(groupCtx, mutant, c); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return m, err
	}
	again, err := prove(ctx, "after", "")
	if err != nil {
		return m, err
	}
	if again.ExitCode() != reports.ExitHolds {
		return m, fmt.Errorf("the clusters don't pass any more after the mutants: one was not restored; see %s", folder("after"))
	}
	m.Duration = time.Since(m.Started)
	return m, m.Save(filepath.Join("reports", "out"))
}

// try runs the suite against one mutant and restores the cluster, whatever comes.
func try(ctx context.Context, mutant mutants.Mutant, c clusters.Cluster) (out kill.Mutant, err error) {
	out = kill.Mutant{ID: mutant.ID, Breaks: mutant.Breaks, Why: mutant.Why, Component: mutant.Component, Lane: mutant.Lane}
	step := progress.Start(ctx, "mutant "+mutant.ID+" ("+mutant.Lane+")")
	defer step.End(&err)
	off, err := mutant.On(ctx, c)
	defer func() {
		restore, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Minute)
		defer cancel()
		if offErr := off(restore); offErr != nil {
			err = errors.Join(err, fmt.Errorf("mutant %s could not be taken back: %w", mutant.ID, offErr))
		}
	}()
	if err != nil {
		return out, fmt.Errorf("mutant %s could not be switched on: %w", mutant.ID, err)
	}
	run, err := prove(ctx, mutant.ID, mutant.Lane)
	if err != nil {
		return out, err
	}
	out.Take(run)
	return out, nil
}

func folder(name string) string {
	dir, err := filepath.Abs(filepath.Join("reports", "out", "mutants", name))
	if err != nil {
		return name
	}
	return dir
}

// prove runs the suite on the kept lanes, and returns what it found.
func prove(ctx context.Context, name, lane string) (reports.Run, error) {
	dir := folder(name)
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return reports.Run{}, err
	}
	log, err := os.Create(filepath.Join(dir, "output"))
	if err != nil {
		return reports.Run{}, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, ".bin/e2e")
	cmd.Env = append(os.Environ(), reports.DirEnv+"="+dir, "LANES="+lane, "ARTIFACTS=")
	if lane != "" {
		cmd.Env = append(cmd.Env, "TIMEOUTS="+timeouts)
	}
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
