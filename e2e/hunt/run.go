// Package hunt shows that the suite can fail: it breaks clusters on purpose, one named way after the other, and runs the suite against each.
package hunt

import (
	"context"
	"os"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports/kill"
)

// options are what the environment asks for.
type options struct {
	chosen string
	whole  bool
	sample corpus.Sample
}

// Run hunts for the mutants that the environment asks for, and returns the exit code: 0 all are killed, 1 one survives or proves nothing, or
// a claim is a decoration. show is called before the result is printed.
func Run(ctx context.Context, show func()) (code int, err error) {
	o := options{chosen: os.Getenv(settings.MutantsEnv), whole: settings.Set(settings.WholeEnv)}
	if o.sample, err = corpus.SampleFromEnv(); err != nil {
		return 0, err
	}
	selected, err := mutants.Select(o.chosen)
	if err != nil {
		return 0, err
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
