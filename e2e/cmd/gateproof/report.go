// Command reports renders, judges, compares and merges the results of runs.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports"
)

func main() {
	root := &cobra.Command{
		Use:           "reports",
		Short:         "Renders, validates, compares, merges and follows the results of runs",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(renderCommand(), validateCommand(), compareCommand(), mergeCommand(), historyCommand(), schemaCommand())
	err := root.Execute()
	var code exitCode
	switch {
	case errors.As(err, &code):
		os.Exit(int(code))
	case err != nil:
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(reports.ExitNoVerdict)
	}
}

// exitCode ends the command without a message: what there is to say has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprint("exit code ", int(c)) }
