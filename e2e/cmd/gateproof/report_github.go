package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports/github"
)

func githubCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "github FOLDER [EXIT-CODE]",
		Short: "Tell GitHub Actions what the run in a folder found: annotations, outputs, and the step's summary",
		Long: `Tell GitHub Actions what the run in a folder of reports found: annotations on standard output, the outputs result, exit-code, not-observed
and report to $GITHUB_OUTPUT, and summary.md to $GITHUB_STEP_SUMMARY. EXIT-CODE is what the run ended with.`,
		Example: examples("report github gateproof-reports"),
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			step := github.Step{Commands: cmd.OutOrStdout(), Output: os.Getenv("GITHUB_OUTPUT"), Summary: os.Getenv("GITHUB_STEP_SUMMARY")}
			if len(args) == 1 {
				return step.Tell(args[0], nil)
			}
			code, err := strconv.Atoi(args[1])
			if err != nil {
				return fmt.Errorf("%s is no exit code; give the number that the run ended with, or leave it out", args[1])
			}
			return step.Tell(args[0], &code)
		},
	}
}
