package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/render"
)

// conclude shows the result and returns the exit code. Without a result of the suite's, JUnit gets a failed
// Infrastructure case: dashboards shall show a failure, not an absence.
func (j *job) conclude(ctx context.Context, err error) int {
	if errors.Is(context.Cause(ctx), errInterrupted) {
		fmt.Fprintln(os.Stderr, "gateproof: interrupted; what had been made is removed")
	}
	run, loadErr := reports.Load(j.result())
	if loadErr != nil || err != nil {
		return j.noResult(ctx, err)
	}
	run.Steps = j.steps.done
	if err := render.All(reports.OutDirs(j.root), run); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return reports.ExitNoVerdict
	}
	color := term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == ""
	if err := reports.Summary(os.Stdout, run, reports.OutDirs(j.root), color); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return reports.ExitNoVerdict
	}
	return run.ExitCode()
}

func (j *job) noResult(ctx context.Context, err error) int {
	if err == nil {
		err = context.Cause(ctx)
	}
	fmt.Fprintln(os.Stderr, "gateproof:", err)
	if j.root == "" {
		return reports.ExitNoVerdict
	}
	var lanes []reports.Lane
	for _, l := range j.asked.Lanes {
		lanes = append(lanes, reports.Lane{Name: l.Name, Version: l.Version, Expect: string(l.Expect.Processes)})
	}
	for _, dir := range reports.OutDirs(j.root) {
		if err := reports.WriteInfrastructureFailure(dir, lanes, reports.Problem{Step: "prepare", Message: err.Error()}); err != nil {
			fmt.Fprintln(os.Stderr, "gateproof: JUnit:", err)
		}
	}
	fmt.Fprintln(os.Stderr, "gateproof: no verdict; JUnit is in", reports.Out(j.root))
	return reports.ExitNoVerdict
}
