// Package benign gives clusters other habits, each in one named way, to show that the suite accuses no healthy cluster. A variant is
// data (the .yaml files, one a family); it is switched on on a running cluster, and off again.
package benign

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/gateproof/gateproof/clusters/alter"
)

// Variant is a healthy cluster of another habit. The claims are ids, which this package does not know.
type Variant struct {
	ID    string `yaml:"id"`
	Habit string `yaml:"habit"` // what is otherwise, as a sentence without its end
	Why   string `yaml:"why"`   // clusters are so
	From  string `yaml:"from"`  // where it was seen
	Lane  string `yaml:"lane"`  // whose cluster

	alter.Change `yaml:",inline"` // how

	May   []string `yaml:"may"`   // the claims that may be not observed on it; All for all
	Holds []string `yaml:"holds"` // of these, those that hold all the same

	Ends    bool     `yaml:"ends"`    // nothing can be looked at: the run ends before its first claim
	Claims  []string `yaml:"claims"`  // the only ones that are tried
	Because string   `yaml:"because"` // why not all
	Waits   string   `yaml:"waits"`   // other waits than the suite's, as TIMEOUTS has them, where it can only wait in vain
	Bears   []string `yaml:"bears"`   // what a sample tries beside the page's walk-through: the habit bears on them
	Slow    string   `yaml:"slow"`    // why a sample leaves it out

	Needs   *Needs  `yaml:"needs"`
	Lasting string  `yaml:"lasting"` // why it cannot be taken back; such a variant is tried when it is asked for
	InForce InForce `yaml:"inForce"`

	Family string `yaml:"-"` // the file that declares it: injected, policies, access, nodes, kernels, defaults
}

// All stands for every claim.
const All = "*"

// Needs is what a machine must have for a variant.
type Needs struct {
	Shell string `yaml:"shell"` // on the node: succeeds where it is there
	Else  string `yaml:"else"`  // what to say where it is not
}

// InForce is how it shows that a variant changes something. One of them is enough.
type InForce struct {
	Look string `yaml:"look"` // a regular expression: what the run's own first look says
	Did  string `yaml:"did"`  // a regular expression: what the change says that it has done
	Node string `yaml:"node"` // shell on the node, after the run: it succeeds, and prints what shows it
}

//go:embed *.yaml
var files embed.FS

var corpus = alter.Corpus[Variant]{
	What: "variant", Env: "VARIANTS", ID: func(v Variant) string { return v.ID },
	Check: func(v *Variant, family string) error { v.Family = family; return v.validate() },
}

// Variants are all that are declared, in the order of their files.
func Variants() ([]Variant, error) { return corpus.Read(files) }

// Select finds variants by id, comma-separated; "" is all but those that last. An unknown one is an input.Err.
func Select(spec string) ([]Variant, error) {
	all, err := Variants()
	if err != nil {
		return nil, err
	}
	if spec == "" {
		return slices.DeleteFunc(all, func(v Variant) bool { return v.Lasting != "" }), nil
	}
	return corpus.Pick(all, spec)
}

func (v Variant) validate() error {
	if err := alter.ValidID(v.ID); err != nil {
		return err
	}
	if v.Habit == "" || v.Why == "" || v.From == "" {
		return errors.New("habit, why and from: all are needed")
	}
	if err := alter.ValidLane(v.Lane); err != nil {
		return err
	}
	if len(v.Holds) > 0 && !slices.Contains(v.May, All) {
		return fmt.Errorf("holds: it is for may: [%q]; all others hold anyway", All)
	}
	if v.Ends && len(v.May)+len(v.Claims) > 0 {
		return errors.New("ends: no claim is tried, so that may and claims mean nothing")
	}
	if (len(v.Claims) > 0) != (v.Because != "") {
		return errors.New("claims and because: one needs the other")
	}
	if v.Needs != nil && (v.Needs.Shell == "" || v.Needs.Else == "") {
		return errors.New("needs: shell and else are both needed")
	}
	if v.InForce == (InForce{}) {
		return errors.New("inForce: what shows that it changes something: look, did or node")
	}
	for name, text := range map[string]string{"look": v.InForce.Look, "did": v.InForce.Did} {
		if _, err := regexp.Compile(text); err != nil {
			return fmt.Errorf("inForce: %s: %w", name, err)
		}
	}
	return v.Validate()
}

// MayMiss says that the claim may be not observed on the variant.
func (v Variant) MayMiss(claim string) bool {
	return slices.Contains(v.May, claim) || slices.Contains(v.May, All) && !slices.Contains(v.Holds, claim)
}
