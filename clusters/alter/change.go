// Package alter changes a running cluster in ways that data describe, and takes the changes back. What they are for, to break the
// cluster or to give it another habit, is their caller's matter.
package alter

import (
	"errors"
	"fmt"
)

// Change says how a cluster is changed. Each means is empty where it is not used; several may be used at once.
type Change struct {
	At string `yaml:"at"` // the one node of a lane with several that is changed, as the lane calls it; left out, the control plane

	// An OCI runtime in front of the node's own, for the suite's pods.
	Config  string `yaml:"config"`  // jq over config.json
	Process string `yaml:"process"` // jq over an exec's process.json
	Hook    string `yaml:"hook"`    // shell, before the real runtime runs
	Key     string `yaml:"key"`     // jq over a container's config.json, for $kin

	Helper  string   `yaml:"helper"`  // a program that the filters refer to: the name of a C file in node/
	Defines []string `yaml:"defines"` // what it is compiled with

	// Admission webhooks, which see what the suite creates and updates.
	Admit  string   `yaml:"admit"`  // jq over an object, which yields what becomes of it
	Refuse string   `yaml:"refuse"` // jq over an object, which yields why it is refused, or null
	Code   int32    `yaml:"code"`   // HTTP's, of a refusal; 403 where it is left out
	Of     []string `yaml:"of"`     // the resources that they see; pods where it is left out

	// A proxy before the API server, and a kubeconfig that leads to it.
	Path   string `yaml:"path"`   // whose answers it changes
	Answer string `yaml:"answer"` // jq over such an answer
	Serve  *Serve `yaml:"serve"`  // how it carries requests

	Credentials *Credentials `yaml:"credentials"` // a kubeconfig whose credentials come from a program

	Apply         string `yaml:"apply"`         // manifests of objects that are in no namespace
	EachNamespace string `yaml:"eachNamespace"` // manifests of objects that each namespace of the suite's gets when it is made

	Node      *Shell     `yaml:"node"`      // shell on the node
	Container *Container `yaml:"container"` // of the engine: what the node is
}

// means are the ways to change a cluster, in the order in which they are switched on.
func (c Change) means() []means {
	return []means{
		{c.Container != nil, c.containerOn},
		{c.runtime(), c.runtimeOn},
		{c.Node != nil, c.nodeOn},
		{c.Apply != "" || c.EachNamespace != "", c.objectsOn},
		{c.admission(), c.admissionOn},
		{c.Answer != "" || c.Serve != nil, c.proxyOn},
		{c.Credentials != nil, c.credentialsOn},
	}
}

// Means is how many ways the change uses.
func (c Change) Means() int {
	n := 0
	for _, m := range c.means() {
		if m.used {
			n++
		}
	}
	return n
}

// Validate finds what is missing, and filters that are none.
func (c Change) Validate() error {
	if c.Helper != "" {
		if _, err := onNode.ReadFile("node/" + c.Helper + ".c"); err != nil {
			return fmt.Errorf("helper: there is no node/%s.c", c.Helper)
		}
	}
	switch {
	case c.Means() == 0:
		return errors.New("it changes the cluster in no way")
	case (c.Path == "") != (c.Answer == ""):
		return errors.New("path and answer: one needs the other")
	case c.Key != "" && c.Config == "":
		return errors.New("key: it is for config, which asks for $kin")
	case c.Refuse == "" && c.Code != 0:
		return errors.New("code: it is for refuse")
	case c.Credentials != nil && (c.Answer != "" || c.Serve != nil):
		return errors.New("credentials and a proxy: the proxy has its own")
	}
	for name, filter := range c.filters() {
		if _, err := Parse(filter); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name, text := range map[string]string{"apply": c.Apply, "eachNamespace": c.EachNamespace} {
		if _, err := manifests(text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err := c.rules()
	return errors.Join(err, c.Node.validate(), c.Serve.validate(), c.Credentials.validate(), c.Container.validate())
}

func (c Change) filters() map[string]string {
	return map[string]string{"config": c.Config, "process": c.Process, "key": c.Key, "admit": c.Admit, "refuse": c.Refuse, "answer": c.Answer}
}
