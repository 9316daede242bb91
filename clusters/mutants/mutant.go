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

	"github.com/itchyny/gojq"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// Mutant is one way to break a cluster.
type Mutant struct {
	ID     string `yaml:"id"`
	Breaks string `yaml:"breaks"` // what is broken, as a sentence without its end
	Lane   string `yaml:"lane"`   // whose cluster
	Why    string `yaml:"why"`    // it could happen

	// An OCI runtime in front of the node's own.
	Config  string `yaml:"config"`  // jq over config.json
	Process string `yaml:"process"` // jq over an exec's process.json
	Hook    string `yaml:"hook"`    // shell, before the real runtime runs

	Helper  string   `yaml:"helper"`  // a program that the filters refer to: the name of a C file in node/
	Defines []string `yaml:"defines"` // what it is compiled with

	Admit  string `yaml:"admit"`  // jq over a pod, by a mutating admission webhook
	Path   string `yaml:"path"`   // of the API server, whose answers a proxy changes
	Answer string `yaml:"answer"` // jq over such an answer
	Node   *Shell `yaml:"node"`   // shell on the node

	Component string `yaml:"-"` // the file that declares it: runtime, pause, page, admission, answers, components
}

// Shell breaks a node by its own hand.
type Shell struct {
	Break   string `yaml:"break"`
	Restore string `yaml:"restore"`
	Ready   string `yaml:"ready"` // succeeds when what was restarted serves again; STATE is broken or restored
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
	means := 0
	for _, used := range []bool{m.runtime(), m.Admit != "", m.Answer != "", m.Node != nil} {
		if used {
			means++
		}
	}
	if means != 1 {
		return errors.New("it breaks the cluster in no way, or in several: some of config, process and hook; or admit; or answer; or node")
	}
	if m.Helper != "" {
		if _, err := onNode.ReadFile("node/" + m.Helper + ".c"); err != nil {
			return fmt.Errorf("helper: there is no node/%s.c", m.Helper)
		}
	}
	if (m.Path == "") != (m.Answer == "") {
		return errors.New("path and answer: one needs the other")
	}
	if m.Node != nil && (m.Node.Break == "" || m.Node.Restore == "" || m.Node.Ready == "") {
		return errors.New("node: break, restore and ready are all needed")
	}
	for name, filter := range map[string]string{"config": m.Config, "process": m.Process, "admit": m.Admit, "answer": m.Answer} {
		if _, err := compile(filter); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// runtime says that an OCI runtime of the suite's stands before the node's own.
func (m Mutant) runtime() bool {
	return m.Config != "" || m.Process != "" || m.Hook != ""
}

// variables are what filters may ask for.
var variables = []string{"$type", "$name", "$again", "$first", "$any", "$old"}

func compile(filter string) (*gojq.Code, error) {
	if filter == "" {
		return nil, nil
	}
	query, err := gojq.Parse(filter)
	if err != nil {
		return nil, err
	}
	return gojq.Compile(query, gojq.WithVariables(variables))
}

// apply runs a filter that yields one value.
func apply(code *gojq.Code, input any, old any) (any, error) {
	value, ok := code.Run(input, "", "", "", "", "", old).Next()
	if !ok {
		return nil, errors.New("the filter yields nothing")
	}
	if err, failed := value.(error); failed {
		return nil, err
	}
	return value, nil
}
