// Package mutants breaks clusters on purpose, each in one named way, to show that the suite notices. A mutant is data
// (the .yaml files); it is switched on on a running cluster, and off again.
package mutants

import (
	"embed"
	"errors"
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/lane"
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

var corpus = alter.Corpus[Mutant]{
	What: "mutant", Env: "MUTANTS", ID: func(m Mutant) string { return m.ID },
	Check: func(m *Mutant, component string) error { m.Component = component; return m.validate() },
}

// All are the declared mutants, in the order of their files.
func All() ([]Mutant, error) { return corpus.Read(files) }

// Select finds mutants by id, comma-separated; "" is all. An unknown one is an input.Err.
func Select(spec string) ([]Mutant, error) {
	all, err := All()
	if err != nil || spec == "" {
		return all, err
	}
	return corpus.Pick(all, spec)
}

// validateAt finds a node that the lane does not declare.
func (m Mutant) validateAt() error {
	lanes, err := lane.Select(m.Lane)
	if err != nil || m.At == "" {
		return err
	}
	if !slices.ContainsFunc(lanes[0].All(), func(n lane.Node) bool { return n.Name == m.At }) {
		return fmt.Errorf("at: lane %s declares no node %q", m.Lane, m.At)
	}
	return nil
}

func (m Mutant) validate() error {
	if err := alter.ValidID(m.ID); err != nil {
		return err
	}
	if m.Breaks == "" || m.Why == "" {
		return errors.New("breaks and why: both are needed")
	}
	if err := alter.ValidLane(m.Lane); err != nil {
		return err
	}
	if m.Means() != 1 {
		return errors.New("it breaks the cluster in no way, or in several: some of config, process and hook; or admit; or answer; or node")
	}
	if err := m.validateAt(); err != nil {
		return err
	}
	return m.Change.Validate()
}
