// Command benign shows that the suite accuses no healthy cluster: it gives running lanes other habits, one after the other, and runs
// the suite on each. It answers 0 where no claim accuses, 1 where one does, or could not look though it should have, or where a
// variant changed nothing, 2 where nothing can be said.
package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	matrices "github.com/gateproof/gateproof/reports/benign"
)

// options are the flags.
type options struct {
	chosen string
	list   bool
	sample corpus.Sample
}

func main() {
	var o options
	cmd := &cobra.Command{Use: "benign", Short: "Run the suite on healthy clusters of other habits, and say whether a claim accuses one"}
	cmd.Flags().StringVar(&o.chosen, "variants", os.Getenv("VARIANTS"), "variants by id, comma-separated (VARIANTS; default all but those that last)")
	cmd.Flags().BoolVar(&o.list, "list", false, "list the variants, and run nothing")
	badSample := o.sample.Flags(cmd, os.Getenv)
	os.Exit(corpus.Execute(cmd, func(ctx context.Context, show func()) (int, error) {
		if badSample != nil {
			return 0, badSample
		}
		return o.run(ctx, show)
	}))
}

func (o options) run(ctx context.Context, show func()) (int, error) {
	selected, err := benign.Select(o.chosen)
	if err != nil {
		return 0, err
	}
	if err := known(selected); err != nil {
		return 0, err
	}
	if o.list {
		return corpus.ExitShown, list(selected)
	}
	var matrix *matrices.Matrix
	err = corpus.OnKept(ctx, func(kept *up.Set) error {
		some, err := o.choose(selected, kept)
		if err != nil {
			return err
		}
		matrix, err = trial{selected: some, all: o.chosen == "" && o.sample.N == 0, sample: o.sample.N > 0}.run(ctx, kept)
		return err
	})
	show()
	if matrix == nil {
		return 0, err
	}
	return corpus.Conclude(*matrix, err)
}

func list(selected []benign.Variant) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, v := range selected {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", v.ID, v.Family, v.Lane, v.Habit)
	}
	return w.Flush()
}
