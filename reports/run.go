// Package reports turns what a run found into what people and dashboards read: JUnit files, a table on the
// terminal, an exit code. It knows Ginkgo's report and nothing of clusters.
package reports

import (
	"cmp"
	"slices"
	"time"
)

// Run is one run of the suite. Its JSON names serve sigs.k8s.io/yaml too; durations are nanoseconds.
type Run struct {
	SuiteVersion   string        `json:"suiteVersion,omitempty"`    // of gateproof; the caller knows it
	SuiteDigest    string        `json:"suiteDigest,omitempty"`     // sha256:HEX of the compiled suite; the caller knows it
	Started        time.Time     `json:"started"`                   // when the suite began, clusters not yet up
	Duration       time.Duration `json:"durationNanoseconds"`       // wall clock, boot and teardown included
	Selection      string        `json:"selection,omitempty"`       // Ginkgo's filters as given; empty: every claim
	Lanes          []Lane        `json:"lanes"`                     // in the caller's order
	Infrastructure []Problem     `json:"infrastructure,omitempty"`  // troubles of the run as a whole
	PeakMemory     int64         `json:"peakMemoryBytes,omitempty"` // of the host, more than before the run; the caller knows it
	Steps          []Step        `json:"steps,omitempty"`           // what the run did beside the claims; the caller knows it
}

// Step is a part of the run that is no claim, and how long it took: boot lane on, take the lanes down.
type Step struct {
	Name     string        `json:"name"`
	Duration time.Duration `json:"durationNanoseconds"`
}

// Lane is one cluster configuration and what the claims came to in it.
type Lane struct {
	Name     string            `json:"name"`               // lower-case letters, digits and dashes
	Version  string            `json:"version,omitempty"`  // of Kubernetes, v1.16.15
	Expect   string            `json:"expect,omitempty"`   // the declared outcome: shared or isolated
	Runtime  string            `json:"-"`                  // of a column that is one node of a lane: what its pods run by
	Facts    map[string]string `json:"facts,omitempty"`    // as read back from the cluster: image, runtime, kernel, gates
	Boot     time.Duration     `json:"bootNanoseconds"`    // until the node was ready
	Problems []Problem         `json:"problems,omitempty"` // of this lane's cluster; where one is no warning, the lane proves nothing
	Look     []LookRow         `json:"look,omitempty"`     // what a first look found, before the first claim
	Nodes    *Nodes            `json:"nodes,omitempty"`    // where claims were proved node by node
	Results  []Result          `json:"results,omitempty"`  // one per claim that was selected; node by node, one per claim and node
}

// Problem is trouble with the infrastructure or the input, which says nothing about any claim.
type Problem struct {
	Step    string `json:"step"`              // what was being done: "boot lane off"
	Message string `json:"message"`           // what went wrong; its first line stands alone
	Output  string `json:"output,omitempty"`  // what the step printed
	Warning bool   `json:"warning,omitempty"` // to be shown; it changes neither exit code nor outcome
}

// Kind says whether a claim judges the cluster.
type Kind string

// The kinds of claims.
const (
	Conformance Kind = "conformance" // a contradiction fails the run
	Informative Kind = "informative" // measured and shown; never decides
)

// Verdict is what a claim came to in a lane.
type Verdict string

// The verdicts. All but Holds come with a Reason or a Failure. Only Contradicted accuses the cluster.
const (
	Holds         Verdict = "holds"          // seen as promised
	Contradicted  Verdict = "contradicted"   // seen otherwise
	NotObserved   Verdict = "not-observed"   // the spec could not look; it has a Cause
	NotApplicable Verdict = "not-applicable" // the spec itself said so
	NotRun        Verdict = "not-run"        // selected, but stopped before anything was found out
)

// Result is one claim in one lane, or on one of its nodes.
type Result struct {
	Node         string             `json:"node,omitempty"`         // its name; empty where the lane was one place
	Kubelet      string             `json:"kubelet,omitempty"`      // that node's version
	Claim        string             `json:"claim"`                  // its id
	Title        string             `json:"title"`                  // the same in every lane and version
	Group        string             `json:"group"`                  // of claims: api, signals, ...
	Kind         Kind               `json:"kind"`                   //
	Verdict      Verdict            `json:"verdict"`                //
	Cause        Cause              `json:"cause,omitempty"`        // why not observed
	Reason       string             `json:"reason,omitempty"`       // why not applicable, or why not run
	Failure      string             `json:"failure,omitempty"`      // in full: the contradiction, or what was in the way, first; circumstances last
	Location     string             `json:"location,omitempty"`     // file:line of the failure, or else of the spec
	Duration     time.Duration      `json:"durationNanoseconds"`    // of the spec, its setup and cleanup included
	Measurements map[string]float64 `json:"measurements,omitempty"` // numbers worth a graph; the name carries the unit
	Calls        map[string]int     `json:"calls,omitempty"`        // requests to the API server, by what they ask for: "pods made", "exec", ...
	Evidence     []Evidence         `json:"evidence,omitempty"`     // in the order in which it was seen
	Matrices     []Matrix           `json:"matrices,omitempty"`     // who was allowed what, cell by cell
	Output       string             `json:"output,omitempty"`       // what the spec printed
}

// Evidence is something that was seen: a process table, an object read back.
type Evidence struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Matrix is what callers tried on targets, and what the manual page says of each attempt.
type Matrix struct {
	Attempt string `json:"attempt"` // what was tried
	Page    string `json:"page"`    // the manual page that rules it: kill(2)
	Cells   []Cell `json:"cells"`
}

// Cell is one caller's attempt on one target. Seen and Rule are an error's name, "" for success.
type Cell struct {
	User    string `json:"user"`    // uid 1000
	Caps    string `json:"caps"`    // the caller's capabilities in words
	Target  string `json:"target"`  // process of uid 0
	Seen    string `json:"seen"`    //
	Rule    string `json:"rule"`    // what the page says
	Because string `json:"because"` // why it says so
}

// Lane finds a lane by name.
func (r Run) Lane(name string) (Lane, bool) {
	i := slices.IndexFunc(r.Lanes, func(l Lane) bool { return l.Name == name })
	if i < 0 {
		return Lane{}, false
	}
	return r.Lanes[i], true
}

// Result finds what a claim came to in the lane; on several nodes, the worst.
func (l Lane) Result(claim string) (out Result, ok bool) {
	for _, r := range l.Results {
		if r.Claim == claim && (!ok || slices.Index(severity, r.Verdict) < slices.Index(severity, out.Verdict)) {
			out, ok = r, true
		}
	}
	return out, ok
}

// Name is the result's name in every report: the same in all lanes, so that its history can be followed.
func (r Result) Name() string { return r.Claim + ": " + r.Title }

// OCIRuntime is what ran the suite's pods, with its version: the node's own, or the one that they asked for; "" where nobody told.
func (l Lane) OCIRuntime() string {
	return cmp.Or(l.Facts["runtime of the suite's pods"], l.Facts["oci runtime"])
}
