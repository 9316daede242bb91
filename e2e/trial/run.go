// Package trial shows that the suite accuses no healthy cluster: it gives running lanes other habits, one after the other, and runs the suite
// on each.
package trial

import (
	"context"
	"os"

	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/e2e/settings"
	matrices "github.com/gateproof/gateproof/reports/benign"
)

// options are what the environment asks for.
type options struct {
	chosen string
	sample corpus.Sample
}

// Run tries the variants that the environment asks for, and returns the exit code: 0 no claim accuses one, 1 one does, or could not look
// though it should have, or a variant changed nothing. show is called before the result is printed.
func Run(ctx context.Context, show func()) (code int, err error) {
	o := options{chosen: os.Getenv(settings.VariantsEnv)}
	if o.sample, err = corpus.SampleFromEnv(); err != nil {
		return 0, err
	}
	selected, err := benign.Select(o.chosen)
	if err != nil {
		return 0, err
	}
	if err := known(selected); err != nil {
		return 0, err
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
