// Package alter changes a running cluster in one way that data describe, and takes the change back. What a change is for, to break
// the cluster or to give it another habit, is its caller's matter.
package alter

import (
	"errors"
	"fmt"

	"github.com/itchyny/gojq"
)

// Change is one way to change a cluster.
type Change struct {
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
}

// Shell changes a node by its own hand.
type Shell struct {
	Break   string `yaml:"break"`
	Restore string `yaml:"restore"`
	Ready   string `yaml:"ready"` // succeeds when what was restarted serves again; STATE is broken or restored
}

// Means is how many ways the change uses.
func (c Change) Means() int {
	means := 0
	for _, used := range []bool{c.runtime(), c.Admit != "", c.Answer != "", c.Node != nil} {
		if used {
			means++
		}
	}
	return means
}

// Validate finds what is missing, and filters that are none.
func (c Change) Validate() error {
	if c.Helper != "" {
		if _, err := onNode.ReadFile("node/" + c.Helper + ".c"); err != nil {
			return fmt.Errorf("helper: there is no node/%s.c", c.Helper)
		}
	}
	if (c.Path == "") != (c.Answer == "") {
		return errors.New("path and answer: one needs the other")
	}
	if c.Node != nil && (c.Node.Break == "" || c.Node.Restore == "" || c.Node.Ready == "") {
		return errors.New("node: break, restore and ready are all needed")
	}
	for name, filter := range map[string]string{"config": c.Config, "process": c.Process, "admit": c.Admit, "answer": c.Answer} {
		if _, err := Compile(filter); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// runtime says that an OCI runtime of the suite's stands before the node's own.
func (c Change) runtime() bool {
	return c.Config != "" || c.Process != "" || c.Hook != ""
}

// variables are what filters may ask for.
var variables = []string{"$type", "$name", "$again", "$first", "$any", "$old"}

// Compile makes a jq filter ready that may ask for the variables of changes.
func Compile(filter string) (*gojq.Code, error) {
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
