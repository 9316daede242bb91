package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/gateproof/gateproof/e2e/version"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/render"
)

// conclude shows the result and returns the exit code. Without a result of the suite's, the reports get an
// error in the case Infrastructure: dashboards shall show it, not an absence.
func (j *job) conclude(ctx context.Context, err error) int {
	if errors.Is(context.Cause(ctx), errInterrupted) {
		fmt.Fprintln(os.Stderr, "gateproof: interrupted; what had been made is removed")
	}
	run, loadErr := reports.Load(j.result())
	if loadErr != nil || err != nil {
		return j.noResult(ctx, err)
	}
	run.Steps = append(run.Steps, j.steps.done...)
	run.PeakMemory = j.peakMemory
	if err := render.All(reports.OutDirs(), run); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return reports.ExitNoVerdict
	}
	color := term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == ""
	if err := reports.Summary(os.Stdout, run, reports.OutDirs(), color); err != nil {
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
	run := reports.Run{
		SuiteVersion: version.Suite(),
		Started:      j.started, Duration: time.Since(j.started).Round(time.Millisecond), Steps: j.steps.done,
		Infrastructure: []reports.Problem{{Step: "prepare", Message: err.Error()}},
	}
	for _, l := range j.asked.Lanes {
		run.Lanes = append(run.Lanes, reports.Lane{Name: l.Name, Version: l.Version, Expect: string(l.Expect.Processes)})
	}
	if err := render.All(reports.OutDirs(), run); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof: reports:", err)
	}
	fmt.Fprintln(os.Stderr, "gateproof: no verdict; the reports are in", reports.Out())
	return reports.ExitNoVerdict
}
