// Command mutants shows that the suite can fail: it breaks clusters on purpose, one named way after the other, and runs
// the suite against each.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/reports/kill"
)

// The exit codes.
const (
	exitAllKilled = 0
	exitSurvivors = 1 // or a decoration, or a mutant that proves nothing
	exitNoVerdict = 2
)

func main() { os.Exit(search()) }

func search() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	renderer := progress.For(os.Stderr)
	defer renderer.Close()
	code := exitAllKilled
	var chosen string
	var list, whole bool
	cmd := &cobra.Command{
		Use:           "mutants",
		Short:         "Run the suite against clusters broken on purpose, and say which claims notice what",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			selected, err := mutants.Select(chosen)
			if err != nil {
				return err
			}
			if list {
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
				for _, m := range selected {
					fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.ID, m.Component, m.Lane, m.Breaks)
				}
				return w.Flush()
			}
			expected, err := readExpected()
			if err != nil {
				return err
			}
			if err := compile(cmd.Context()); err != nil {
				return err
			}
			kept, leave, err := keptLanes(cmd.Context())
			if err != nil {
				return err
			}
			var matrix kill.Matrix
			if selected, err = onLanes(selected, kept, chosen != ""); err == nil {
				matrix, err = hunt{selected: selected, expected: expected, whole: whole, all: chosen == ""}.run(cmd.Context(), kept)
			}
			err = errors.Join(err, leave())
			renderer.Close()
			if err != nil {
				return err
			}
			fmt.Print(matrix)
			problems := matrix.Problems()
			if len(problems) > 0 {
				code = exitSurvivors
				fmt.Println("\n" + strings.Join(problems, "\n"))
			}
			fmt.Println("\n" + matrix.Badge())
			return nil
		},
	}
	cmd.Flags().StringVar(&chosen, "mutants", os.Getenv("MUTANTS"), "mutants by id, comma-separated (MUTANTS; default all)")
	cmd.Flags().BoolVar(&whole, "whole", os.Getenv("WHOLE") != "", "run the whole suite against each mutant, in place of the claims that expected.yaml names (WHOLE)")
	cmd.Flags().BoolVar(&list, "list", false, "list the mutants, and run nothing")
	if err := cmd.ExecuteContext(progress.With(ctx, renderer.Sink)); err != nil {
		renderer.Close()
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return exitNoVerdict
	}
	return code
}
