// Command github tells GitHub Actions what the run in a folder of reports found: annotations on its standard output,
// the outputs result, exit-code, not-observed and report to $GITHUB_OUTPUT, and summary.md to $GITHUB_STEP_SUMMARY.
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/github"
)

func main() {
	if err := tell(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(reports.ExitNoVerdict)
	}
}

func tell(args []string) error {
	step := github.Step{Commands: os.Stdout, Output: os.Getenv("GITHUB_OUTPUT"), Summary: os.Getenv("GITHUB_STEP_SUMMARY")}
	switch len(args) {
	case 1:
		return step.Tell(args[0], nil)
	case 2:
		code, err := strconv.Atoi(args[1])
		if err != nil {
			return fmt.Errorf("%s is no exit code; give the number that the run ended with, or leave it out", args[1])
		}
		return step.Tell(args[0], &code)
	}
	return fmt.Errorf("usage: github FOLDER [EXIT-CODE]: the folder of a run's reports, and what the run exited with")
}
