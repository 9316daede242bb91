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
	"github.com/gateproof/gateproof/reports"
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

// runtimeOf is the name of what ran the lane's pods; "" where the report does not say, as of a cluster whose nodes the run could not look at.
func runtimeOf(l conformance.Lane) string {
	name, _, _ := strings.Cut(l.Node.OCIRuntime, " ")
	return name
}

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

// marks are the verdicts in a cell.
var marks = map[reports.Verdict]string{
	reports.Holds: "holds", reports.Contradicted: "**no**", reports.NotObserved: "?", reports.NotApplicable: "–", reports.NotRun: "not run",
}

// untold stands for what a report does not say of its nodes.
const untold = "?"

// Column is a lane of a report.
type Column struct {
	Entry
	Lane conformance.Lane
}

// Columns are the lanes of all reports, in the order of the entries.
func (r Results) Columns() (out []Column) {
	for _, e := range r.Entries {
		for _, l := range e.Report.Lanes {
			out = append(out, Column{e, l})
		}
	}
	return out
}

// Claim finds a claim's verdict.
func (c Column) Claim(id string) (conformance.Claim, bool) {
	i := slices.IndexFunc(c.Lane.Claims, func(one conformance.Claim) bool { return one.ID == id })
	if i < 0 {
		return conformance.Claim{}, false
	}
	return c.Lane.Claims[i], true
}

// Claims are all that any report has, in the order in which reports have them.
func (r Results) Claims() (out []conformance.Claim) {
	for _, c := range r.Columns() {
		for _, one := range c.Lane.Claims {
			if !slices.ContainsFunc(out, func(other conformance.Claim) bool { return other.ID == one.ID }) {
				out = append(out, one)
			}
		}
	}
	return out
}

// Thread is where upstream speaks of a claim that the column contradicts; none where it does not, or nobody does.
func (r Results) Thread(claim string, c Column) Thread {
	if found, ok := c.Claim(claim); !ok || found.Verdict != reports.Contradicted {
		return Thread{}
	}
	i := slices.IndexFunc(r.Threads, func(t Thread) bool { return t.Claim == claim && t.Runtime == c.Runtime })
	if i < 0 {
		return Thread{}
	}
	return r.Threads[i]
}

// Table is the results as a page of Markdown: a row a claim, a column a lane of a report.
func (r Results) Table() string {
	var out strings.Builder
	out.WriteString("# Compatibility\n\nWhat follows from the [published results](published/): `gateproof report table` prints it. A contradiction links the upstream thread where there is one;\n" +
		"`?` could not be observed, `–` has nothing to observe there.\n\n")
	out.WriteString("| release | runtime | lanes | result | measured | on |\n|---|---|---|---|---|---|\n")
	for _, e := range r.Entries {
		var lanes []string
		for _, l := range e.Report.Lanes {
			lanes = append(lanes, l.Name)
		}
		node := e.Report.Lanes[0].Node
		fmt.Fprintf(&out, "| %s | %s | %s | [%s](published/%s/%s/%s) | %s | %s, kernel %s, cgroup v%s |\n", e.Version, cmp.Or(node.OCIRuntime, e.Runtime), strings.Join(lanes, ", "),
			e.Report.Result, e.Version, e.Runtime, fileName, e.Report.Date.Format("2006-01-02"), cmp.Or(node.ContainerRuntime, untold), cmp.Or(node.Kernel, untold), cmp.Or(node.CgroupVersion, untold))
	}
	out.WriteString("\n| claim |")
	rule := "|---|"
	for _, c := range r.Columns() {
		fmt.Fprintf(&out, " %s %s %s |", c.Version, c.Runtime, c.Lane.Name)
		rule += "---|"
	}
	out.WriteString("\n" + rule + "\n")
	for _, claim := range r.Claims() {
		out.WriteString("| " + claim.ID + " |")
		for _, c := range r.Columns() {
			out.WriteString(" " + r.cell(claim.ID, c) + " |")
		}
		out.WriteString("\n")
	}
	return out.String()
}

func (r Results) cell(claim string, c Column) string {
	found, ok := c.Claim(claim)
	if !ok {
		return ""
	}
	if t := r.Thread(claim, c); t.At != "" {
		return fmt.Sprintf("[%s](%s %q)", marks[found.Verdict], t.At, t.Says)
	}
	return marks[found.Verdict]
}
