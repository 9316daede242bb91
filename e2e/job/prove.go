package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/clusters/run/group"
	"github.com/gateproof/gateproof/reports"
)

// How long Ginkgo may take after an interrupt, first asked, then told: with the sweep after it, under 20 s.
const (
	interruptGrace = 10 * time.Second
	outputGrace    = 2 * time.Second
)

// prove runs the suite. Claims that fail are no error here: they are in the result that the suite saves.
func (j *job) prove(ctx context.Context) error {
	self, suite, err := j.programs()
	if err != nil {
		return err
	}
	procs, err := j.processes(j.on.CPUs, j.asked.Existing != nil)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(j.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	followed := j.follow(ctx)
	defer followed()

	cmd := exec.Command(self, append(append([]string{GinkgoWord}, j.ginkgoArgs(procs)...), suite)...)
	cmd.Stdout = io.Writer(log)
	if j.verbose {
		cmd.Stdout = io.MultiWriter(log, j.renderer)
	}
	cmd.Stderr = cmd.Stdout
	cmd.WaitDelay = outputGrace
	group.Own(cmd) // the terminal's Ctrl-C reaches us alone; we pass it on once
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = j.interrupt(cmd, ended)
	}
	// It sweeps before it ends; one that was interrupted may have had no time to.
	_, missing := os.Stat(j.result())
	j.suiteCutOff = j.suiteCutOff || ctx.Err() != nil || missing != nil
	if _, loadErr := reports.Load(j.result()); loadErr != nil {
		return fmt.Errorf("the suite left no result: %w", errors.Join(loadErr, &run.Error{Argv: cmd.Args, Output: tail(j.log()), Err: orSuccess(err)}))
	}
	return nil
}

// interrupt asks all Ginkgo processes to stop and report, and ends them if they don't.
func (j *job) interrupt(cmd *exec.Cmd, ended <-chan error) error {
	_ = group.Interrupt(cmd)
	select {
	case err := <-ended:
		return err
	case <-time.After(interruptGrace):
	}
	_ = group.Kill(cmd)
	return <-ended
}

// follow shows the suite's own news until the returned function is called.
func (j *job) follow(ctx context.Context) func() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = progress.Follow(ctx, os.Getenv(progress.Env), j.events) // progress is no part of the work
	}()
	return func() { cancel(); <-done }
}

func (j *job) log() string { return filepath.Join(reports.Out(), "e2e.log") }

func tail(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func orSuccess(err error) error {
	if err == nil {
		return errors.New("it ended with exit code 0")
	}
	return err
}
