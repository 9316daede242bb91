package github

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/reports"
)

// Step is where a step of a job speaks to GitHub. Output and Summary are files; "" outside of GitHub, where there is none.
type Step struct {
	Commands        io.Writer // the step's log, which GitHub reads for workflow commands
	Output, Summary string
}

// Tell says what the run in a folder of reports found. The code is what the run's process exited with, nil where that is
// not known: a process can fail after its reports were written, and such a run has no verdict.
func (s Step) Tell(dir string, code *int) error {
	run, err := reports.Load(filepath.Join(dir, reports.RunFile))
	if errors.Is(err, os.ErrNotExist) {
		return s.noRun(dir)
	}
	if err != nil {
		return err
	}
	if code != nil && *code != run.ExitCode() {
		run.Infrastructure = append(run.Infrastructure, reports.Problem{
			Step:    "end the run",
			Message: fmt.Sprintf("it exited with %d although its reports say %d; the step's log says why", *code, run.ExitCode()),
		})
	}
	return errors.Join(
		Annotate(s.Commands, run),
		s.outputs(run.Outcome(), run.ExitCode(), run.Count().NotObserved, dir),
		s.summary(filepath.Join(dir, reports.SummaryFile)))
}

// noRun is for a run that ended before the suite began.
func (s Step) noRun(dir string) error {
	const why = "the run left no result; the log says why"
	_, err := fmt.Fprintln(s.Commands, command("error", "no verdict", "", "", why))
	return errors.Join(err,
		s.outputs(reports.Failure, reports.ExitNoVerdict, 0, dir),
		appendTo(s.Summary, []byte("No verdict: "+why+".\n")))
}

func (s Step) outputs(result reports.Outcome, code, notObserved int, dir string) error {
	return appendTo(s.Output, fmt.Appendf(nil, "result=%s\nexit-code=%d\nnot-observed=%d\nreport=%s\n", result, code, notObserved, dir))
}

// summary copies the run's own, where it has one.
func (s Step) summary(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return errors.Join(err, appendTo(s.Summary, Fit(text, MaxSummary)))
}

// appendTo adds to a file of GitHub's, which may have earlier steps' lines.
func appendTo(path string, text []byte) (err error) {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(text)
	return err
}
