// Command mutants shows that the suite can fail: it breaks clusters on purpose, one named way after the other, and runs
// the suite against each. It answers 0 where all mutants are killed, 1 where one survives or proves nothing, or a claim is a
// decoration, 2 where nothing can be said.
package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/reports/kill"
)

// options are the flags.
type options struct {
	chosen      string
	whole, list bool
	sample      corpus.Sample
}

func main() {
	var o options
	cmd := &cobra.Command{Use: "mutants", Short: "Run the suite against clusters broken on purpose, and say which claims notice what"}
	cmd.Flags().StringVar(&o.chosen, "mutants", os.Getenv("MUTANTS"), "mutants by id, comma-separated (MUTANTS; default all)")
	cmd.Flags().BoolVar(&o.whole, "whole", os.Getenv("WHOLE") != "", "run the whole suite against each mutant, in place of the claims that expected.yaml names (WHOLE)")
	cmd.Flags().BoolVar(&o.list, "list", false, "list the mutants, and run nothing")
	badSample := o.sample.Flags(cmd, os.Getenv)
	os.Exit(corpus.Execute(cmd, func(ctx context.Context, show func()) (int, error) {
		if badSample != nil {
			return 0, badSample
		}
		return o.run(ctx, show)
	}))
}

func (o options) run(ctx context.Context, show func()) (int, error) {
	selected, err := mutants.Select(o.chosen)
	if err != nil {
		return 0, err
	}
	if o.list {
		return corpus.ExitShown, list(selected)
	}
	expected, err := readExpected()
	if err != nil {
		return 0, err
	}
	var matrix *kill.Matrix
	err = corpus.OnKept(ctx, func(kept *up.Set) error {
		some, err := o.choose(selected, expected, kept)
		if err != nil {
			return err
		}
		matrix, err = hunt{selected: some, expected: expected, whole: o.whole, all: o.chosen == "" && o.sample.N == 0, sample: o.sample.N > 0}.run(ctx, kept)
		return err
	})
	show()
	if matrix == nil {
		return 0, err
	}
	return corpus.Conclude(*matrix, err)
}

func list(selected []mutants.Mutant) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, m := range selected {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.ID, m.Component, m.Lane, m.Breaks)
	}
	return w.Flush()
}
