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
func (j *job) conclude(ctx context.Context, err error, swept bool) int {
	if errors.Is(context.Cause(ctx), errInterrupted) {
		words := "interrupted"
		if swept {
			words += "; what had been made is removed"
		}
		fmt.Fprintln(os.Stderr, "gateproof:", words)
	}
	run, loadErr := reports.Load(j.result())
	if loadErr != nil || err != nil {
		return j.noResult(ctx, err)
	}
	run.Steps = append(run.Steps, j.steps.done...)
	run.PeakMemory = j.peakMemory
	code := run.ExitCode()
	noReport := func(err error) { // a contradiction stands, whatever else went wrong
		fmt.Fprintln(os.Stderr, "gateproof: reports:", err)
		if code == reports.ExitHolds {
			code = reports.ExitNoVerdict
		}
	}
	if err := render.All(reports.OutDirs(), run); err != nil {
		noReport(err)
	}
	color := term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == ""
	if err := reports.Summary(os.Stdout, run, reports.OutDirs(), color); err != nil {
		noReport(err)
	}
	return code
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
