package hunt

import (
	"embed"
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/strictyaml"
	"github.com/gateproof/gateproof/e2e/corpus"
)

//go:embed expected.yaml
var files embed.FS

// expected is what a cluster broken on purpose must meet. The claims are ids.
type expected struct {
	Kills   []string `yaml:"kills"`   // fail on it, each
	Spares  []string `yaml:"spares"`  // pass on it, each: it breaks one thing, not everything
	Without []string `yaml:"without"` // are never run on it: they would harm the machine
	Slow    string   `yaml:"slow"`    // why a sample leaves it out
}

// readExpected are the expectations by mutant. Unknown mutants and claims are errors.
func readExpected() (map[string]expected, error) {
	const name = "expected.yaml"
	var all map[string]expected
	if err := strictyaml.ReadFile(files, name, &all); err != nil {
		return nil, err
	}
	known, err := mutants.All()
	if err != nil {
		return nil, err
	}
	for id, e := range all {
		if !slices.ContainsFunc(known, func(m mutants.Mutant) bool { return m.ID == id }) {
			return nil, fmt.Errorf("%s: there is no mutant %q", name, id)
		}
		if len(e.Kills) == 0 || len(e.Spares) == 0 {
			return nil, fmt.Errorf("%s: %s: kills and spares: at least one claim each", name, id)
		}
		if err := corpus.Known(slices.Concat(e.Kills, e.Spares, e.Without)...); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, id, err)
		}
	}
	return all, nil
}
