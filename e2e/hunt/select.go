package hunt

import (
	"os"
	"slices"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
)

// choose are the mutants whose lane is among the kept ones, or a sample of those that take no long time. One that was asked for by its
// id must be there.
func (o options) choose(selected []mutants.Mutant, expected map[string]expected, kept *up.Set) ([]mutants.Mutant, error) {
	out, err := corpus.OnLanes(selected, kept, func(m mutants.Mutant) string { return m.Lane }, o.chosen != "", func(m mutants.Mutant) error {
		return input.Errorf("mutant %s is one of lane %s, which is not up: gateproof mutants --lanes=%s --mutants=%s", m.ID, m.Lane, m.Lane, m.ID)
	})
	if err != nil {
		return nil, err
	}
	if o.sample.N > 0 {
		out = slices.DeleteFunc(out, func(m mutants.Mutant) bool { return expected[m.ID].Slow != "" })
	}
	return corpus.Of(o.sample, out, func(m mutants.Mutant) string { return m.ID }, os.Stdout), nil
}
