// Package mutants breaks clusters on purpose, each in one named way, to show that the suite notices. A mutant is data
// (the .yaml files); it is switched on on a running cluster, and off again.
package mutants

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// Mutant is one way to break a cluster.
type Mutant struct {
	ID     string `yaml:"id"`
	Breaks string `yaml:"breaks"` // what is broken, as a sentence without its end
	Lane   string `yaml:"lane"`   // whose cluster
	Why    string `yaml:"why"`    // it could happen

	alter.Change `yaml:",inline"` // how

	Component string `yaml:"-"` // the file that declares it: runtime, pause, page, admission, answers, components
}

//go:embed *.yaml
var files embed.FS

// All are the declared mutants, in the order of their files.
func All() ([]Mutant, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Mutant
	for _, name := range names {
		var some []Mutant
		if err := strictyaml.ReadFile(files, name, &some); err != nil {
			return nil, err
		}
		for _, m := range some {
			m.Component = strings.TrimSuffix(name, ".yaml")
			if err := m.validate(); err != nil {
				return nil, fmt.Errorf("%s: mutant %q: %w", name, m.ID, err)
			}
			if slices.ContainsFunc(all, func(other Mutant) bool { return other.ID == m.ID }) {
				return nil, fmt.Errorf("%s: mutant %q is declared twice", name, m.ID)
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// Select finds mutants by id, comma-separated; "" is all. An unknown one is an ErrInput.
func Select(spec string) ([]Mutant, error) {
	all, err := All()
	if err != nil || spec == "" {
		return all, err
	}
	var out []Mutant
	for id := range strings.SplitSeq(spec, ",") {
		i := slices.IndexFunc(all, func(m Mutant) bool { return m.ID == strings.TrimSpace(id) })
		if i < 0 {
			var ids []string
			for _, m := range all {
				ids = append(ids, m.ID)
			}
			return nil, clusters.Inputf("MUTANTS: there is no mutant %q; there are %s", id, strings.Join(ids, ", "))
		}
		out = append(out, all[i])
	}
	return out, nil
}

var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (m Mutant) validate() error {
	if !idPattern.MatchString(m.ID) {
		return errors.New("id: lower-case words with dashes between them")
	}
	if m.Breaks == "" || m.Why == "" {
		return errors.New("breaks and why: both are needed")
	}
	lanes, err := clusters.SelectLanes(m.Lane)
	if err != nil || len(lanes) != 1 {
		return fmt.Errorf("lane: %q is not one of the declared lanes", m.Lane)
	}
	if m.Means() != 1 {
		return errors.New("it breaks the cluster in no way, or in several: some of config, process and hook; or admit; or answer; or node")
	}
	return m.Change.Validate()
}
