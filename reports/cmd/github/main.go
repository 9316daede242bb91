// Command github tells GitHub Actions what the run in a folder of reports found: annotations on its standard output,
// the outputs result, exit-code and report to $GITHUB_OUTPUT, and summary.md to $GITHUB_STEP_SUMMARY.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/github"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: github FOLDER, the folder of a run's reports")
		os.Exit(reports.ExitNoVerdict)
	}
	if err := tell(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(reports.ExitNoVerdict)
	}
}

func tell(dir string) error {
	run, err := reports.Load(filepath.Join(dir, reports.RunFile))
	if errors.Is(err, os.ErrNotExist) { // the run ended before the suite began
		fmt.Println("::error title=no verdict::the run left no result; the step's log says why")
		return output("failure", reports.ExitNoVerdict, dir)
	}
	if err != nil {
		return err
	}
	return errors.Join(
		github.Annotate(os.Stdout, run),
		output(string(run.Outcome()), run.ExitCode(), dir),
		summary(filepath.Join(dir, "summary.md")))
}

func output(result string, code int, dir string) error {
	return appendTo("GITHUB_OUTPUT", fmt.Appendf(nil, "result=%s\nexit-code=%d\nreport=%s\n", result, code, dir))
}

func summary(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return appendTo("GITHUB_STEP_SUMMARY", github.Fit(text, github.MaxSummary))
}

// appendTo adds to the file that the environment names; outside of GitHub there is none.
func appendTo(env string, text []byte) (err error) {
	path := os.Getenv(env)
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
