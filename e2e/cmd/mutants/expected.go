package main

import (
	"embed"
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/strictyaml"
	"github.com/gateproof/gateproof/e2e"
)

//go:embed expected.yaml
var files embed.FS

// expected is what a cluster broken on purpose must meet. The claims are ids.
type expected struct {
	Kills   []string `yaml:"kills"`   // fail on it, each
	Spares  []string `yaml:"spares"`  // pass on it, each: it breaks one thing, not everything
	Without []string `yaml:"without"` // are never run on it: they would harm the machine
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
		for _, claim := range slices.Concat(e.Kills, e.Spares, e.Without) {
			if !slices.Contains(claimIDs(), claim) {
				return nil, fmt.Errorf("%s: %s: there is no claim %q", name, id, claim)
			}
		}
	}
	return all, nil
}

// claimIDs are the ids of all claims, in the catalogue's order.
func claimIDs() []string {
	var ids []string
	for _, g := range e2e.Catalogue {
		for _, c := range g.Claims {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
