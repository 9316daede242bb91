// Package published is the results that others can look up: conformance reports in a folder each, VERSION/RUNTIME/report.yaml, all of one suite, and
// the table that follows from them.
package published

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/strictyaml"
	"github.com/gateproof/gateproof/reports/conformance"
)

// fileName is a report's in its folder, which runs give it too.
const fileName = "report.yaml"

// threadsFile names, beside the reports, where upstream speaks of what differs.
const threadsFile = "threads.yaml"

// Results are the published reports, by release and runtime.
type Results struct {
	Entries []Entry
	Threads []Thread
}

// Entry is one report.
type Entry struct {
	Version, Runtime string // as its folder says
	Report           conformance.Report
}

// Thread is where upstream speaks of a claim that does not hold with a runtime.
type Thread struct {
	Claim   string `yaml:"claim"`
	Runtime string `yaml:"runtime"`
	At      string `yaml:"at"` // its address
	Says    string `yaml:"says"`
}

// Load reads a folder of results. One that is not what a run has made, lies in the wrong folder, or is of another suite than the others, is an error.
func Load(dir fs.FS) (Results, error) {
	var out Results
	if _, err := fs.Stat(dir, "."); err != nil {
		return out, fmt.Errorf("the folder of published results: %w", err)
	}
	names, err := fs.Glob(dir, "*/*/"+fileName)
	if err != nil {
		return out, err
	}
	for _, name := range names {
		e, err := load(dir, name)
		if err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		out.Entries = append(out.Entries, e)
	}
	slices.SortFunc(out.Entries, func(a, b Entry) int {
		return cmp.Or(semver.Compare(a.Version, b.Version), strings.Compare(a.Runtime, b.Runtime))
	})
	if err := out.aligned(); err != nil {
		return out, err
	}
	err = strictyaml.ReadFile(dir, threadsFile, &out.Threads)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, t := range out.Threads {
		if !slices.ContainsFunc(out.Columns(), func(c Column) bool { _, known := c.Claim(t.Claim); return known && c.Runtime == t.Runtime }) {
			return out, fmt.Errorf("%s: no report is of the runtime %q and has the claim %q", threadsFile, t.Runtime, t.Claim)
		}
	}
	return out, err
}

func load(dir fs.FS, name string) (Entry, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return Entry{}, err
	}
	report, err := conformance.Validate(data)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{path.Base(path.Dir(path.Dir(name))), path.Base(path.Dir(name)), report}
	return e, e.Check()
}

// Check refuses a report that its folder does not describe, or that says too little to be looked up by others.
func (e Entry) Check() error {
	if e.Report.Selection != "" {
		return fmt.Errorf("it is of a part of the claims only: %s", e.Report.Selection)
	}
	if e.Report.Suite.Digest == "" {
		return errors.New("it does not say by which suite it was made")
	}
	for _, l := range e.Report.Lanes {
		switch {
		case l.Kubernetes.Version != e.Version:
			return fmt.Errorf("lane %s is of %s, and the folder is called %s", l.Name, l.Kubernetes.Version, e.Version)
		case l.Node.OCIRuntime != "" && runtimeOf(l) != e.Runtime:
			return fmt.Errorf("lane %s ran by %q, and the folder is called %s", l.Name, l.Node.OCIRuntime, e.Runtime)
		}
	}
	return nil
}

// runtimeOf is the name of what ran the lane's pods, with the security module that confined them, if any; or the lane's, where its nodes differ in that; "" where
// the report does not say, as of a cluster whose nodes the run could not look at.
func runtimeOf(l conformance.Lane) string {
	if l.Nodes != nil && slices.ContainsFunc(l.Nodes.List, func(n conformance.NodeOf) bool { return n.Runtime != "" }) {
		return l.Name
	}
	name, _, _ := strings.Cut(l.Node.OCIRuntime, " ")
	for _, module := range strings.Split(l.Node.SecurityModules, ",") {
		if name != "" && slices.Contains(confining, module) {
			name += "-" + module
		}
	}
	return name
}

// confining are the security modules that give containers a label of their own.
var confining = []string{"apparmor", "selinux"}

// aligned refuses reports of different suites: their cells would not mean the same.
func (r Results) aligned() error {
	suites := map[string][]string{}
	for _, e := range r.Entries {
		d := e.Report.Suite.Digest
		suites[d] = append(suites[d], e.Version+"/"+e.Runtime)
	}
	if len(suites) < 2 {
		return nil
	}
	var parts []string
	for digest, of := range suites {
		parts = append(parts, fmt.Sprintf("%s by %s", strings.Join(of, ", "), digest))
	}
	slices.Sort(parts)
	return fmt.Errorf("results of several suites are not comparable; make all of them by one: %s", strings.Join(parts, "; "))
}
