// Package conformance is the report that a release is judged by: what was tested, on what, and what each claim came to.
// Every field is computed from a run; a digest over the content tells an edited report from a real one.
package conformance

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// The report's type, as Kubernetes' objects name theirs.
const (
	APIVersion = "gateproof/v2"
	Kind       = "ConformanceReport"
)

// Report is the versioned form: fields may be added to a version, never changed or taken away.
type Report struct {
	APIVersion string          `json:"apiVersion" jsonschema:"enum=gateproof/v2"`
	Kind       string          `json:"kind" jsonschema:"enum=ConformanceReport"`
	Suite      Suite           `json:"suite"`
	Date       time.Time       `json:"date"`                // when the run began
	Selection  string          `json:"selection,omitempty"` // Ginkgo's filters as given; absent: every claim
	Result     reports.Outcome `json:"result" jsonschema:"enum=success,enum=partial,enum=failure"`
	Problems   []string        `json:"problems,omitempty"` // what kept the run from a verdict, what could not be observed among it
	Warnings   []string        `json:"warnings,omitempty"` // what changes no verdict
	Lanes      []Lane          `json:"lanes"`
	Digest     string          `json:"digest" jsonschema:"pattern=^sha256:[0-9a-f]{64}$"` // over everything else
}

// Suite is the program that has proved the claims.
type Suite struct {
	Version string `json:"version"`          // as git describes it
	Digest  string `json:"digest,omitempty"` // sha256 of the compiled suite
}

// Lane is one cluster and what the claims came to on it.
type Lane struct {
	Name       string            `json:"name"`
	Kubernetes Kubernetes        `json:"kubernetes"`
	Expect     string            `json:"expect" jsonschema:"enum=shared,enum=isolated"`
	Gate       map[string]string `json:"gate,omitempty"` // by component, as read back: true, false, not named
	Node       Node              `json:"node"`
	Nodes      *Nodes            `json:"nodes,omitempty"` // where claims were proved node by node
	Statistics Statistics        `json:"statistics"`
	Claims     []Claim           `json:"claims"`
}

// Kubernetes is the release under test.
type Kubernetes struct {
	Version   string `json:"version,omitempty"`
	GitCommit string `json:"gitCommit,omitempty"`
}

// Node is what the release ran on, as far as it was told.
type Node struct {
	Image            string `json:"image,omitempty"`
	ImageDigest      string `json:"imageDigest,omitempty"`
	ImageSource      string `json:"imageSource,omitempty"` // given, present, published, built
	ContainerRuntime string `json:"containerRuntime,omitempty"`
	OCIRuntime       string `json:"ociRuntime,omitempty"`
	Kernel           string `json:"kernel,omitempty"`
	CgroupVersion    string `json:"cgroupVersion,omitempty"`
	SecurityModules  string `json:"securityModules,omitempty"`
	OS               string `json:"os,omitempty"`
}

// Statistics count a lane's conformance claims; informative ones never decide.
type Statistics struct {
	Holds         int `json:"holds"`
	Contradicted  int `json:"contradicted"`
	NotObserved   int `json:"notObserved"`
	NotApplicable int `json:"notApplicable"`
	NotRun        int `json:"notRun"`
}

// Claim is one claim in one lane, or on one of its nodes.
type Claim struct {
	ID              string          `json:"id"`
	Node            string          `json:"node,omitempty"` // where claims were proved node by node
	Title           string          `json:"title"`
	Group           string          `json:"group"`
	Kind            reports.Kind    `json:"kind" jsonschema:"enum=conformance,enum=informative"`
	Verdict         reports.Verdict `json:"verdict" jsonschema:"enum=holds,enum=contradicted,enum=not-observed,enum=not-applicable,enum=not-run"`
	Cause           reports.Cause   `json:"cause,omitempty" jsonschema:"enum=admission,enum=quota,enum=unschedulable,enum=image,enum=exec,enum=api-server,enum=lsm,enum=time,enum=other"`
	Reason          string          `json:"reason,omitempty"`   // why not observed, not applicable, or not run
	Failure         string          `json:"failure,omitempty"`  // what contradicts, in one line
	DurationSeconds float64         `json:"durationSeconds"`    //
	Evidence        string          `json:"evidence,omitempty"` // where in the run's JSON: run.json#/lanes/0/results/3/evidence
}

// From makes the report of a run.
func From(run reports.Run) (Report, error) {
	r := Report{
		APIVersion: APIVersion, Kind: Kind,
		Suite: Suite{Version: run.SuiteVersion, Digest: run.SuiteDigest},
		Date:  run.Started.UTC().Truncate(time.Second), Selection: run.Selection, Lanes: []Lane{},
	}
	for _, p := range run.Problems() {
		if p.Warning {
			r.Warnings = append(r.Warnings, p.String())
		} else {
			r.Problems = append(r.Problems, p.String())
		}
	}
	for i, l := range run.Lanes {
		r.Lanes = append(r.Lanes, laneOf(i, l))
	}
	r.Result = r.outcome()
	var err error
	r.Digest, err = r.digest()
	return r, err
}

func laneOf(index int, l reports.Lane) Lane {
	out := Lane{
		Name: l.Name, Expect: l.Expect, Claims: []Claim{},
		Kubernetes: Kubernetes{Version: l.Version, GitCommit: l.Facts["git commit"]},
		Node: Node{
			Image: l.Facts["node image"], ImageDigest: l.Facts["node image id"], ImageSource: l.Facts["node image source"],
			ContainerRuntime: l.Facts["container runtime"], OCIRuntime: l.OCIRuntime(), Kernel: l.Facts["kernel"],
			CgroupVersion: l.Facts["cgroup version"], SecurityModules: l.Facts["security modules"], OS: l.Facts["os"],
		},
	}
	for name, value := range l.Facts {
		if component, ok := strings.CutPrefix(name, "gate "); ok {
			if out.Gate == nil {
				out.Gate = map[string]string{}
			}
			out.Gate[component] = value
		}
	}
	for i, r := range l.Results {
		c := Claim{
			ID: r.Claim, Node: r.Node, Title: r.Title, Group: r.Group, Kind: r.Kind, Verdict: r.Verdict, Cause: r.Cause, Reason: r.Reason,
			DurationSeconds: float64(r.Duration.Milliseconds()) / 1000,
		}
		switch r.Verdict {
		case reports.Contradicted:
			c.Failure = reports.Headline(r)
		case reports.NotObserved:
			c.Reason = cmp.Or(reports.Said(r), r.Cause.Words())
		}
		if len(r.Evidence) > 0 {
			c.Evidence = fmt.Sprintf("%s#/lanes/%d/results/%d/evidence", reports.RunFile, index, i)
		}
		out.Claims = append(out.Claims, c)
	}
	out.Nodes = nodesOf(l)
	out.Statistics = out.count()
	return out
}

func (l Lane) count() (n Statistics) {
	for _, c := range l.Claims {
		if c.Kind == reports.Informative {
			continue
		}
		switch c.Verdict {
		case reports.Holds:
			n.Holds++
		case reports.Contradicted:
			n.Contradicted++
		case reports.NotObserved:
			n.NotObserved++
		case reports.NotApplicable:
			n.NotApplicable++
		default:
			n.NotRun++
		}
	}
	return n
}

// outcome follows from the claims: a conformance claim that was deselected, not observed or not run makes a report partial.
func (r Report) outcome() reports.Outcome {
	var n Statistics
	for _, l := range r.Lanes {
		c := l.count()
		n.Holds, n.Contradicted = n.Holds+c.Holds, n.Contradicted+c.Contradicted
		n.NotObserved, n.NotRun = n.NotObserved+c.NotObserved, n.NotRun+c.NotRun
	}
	switch {
	case n.Contradicted > 0, n.Holds+n.NotObserved == 0:
		return reports.Failure
	case n.NotObserved+n.NotRun > 0, r.Selection != "", len(r.Problems) > 0:
		return reports.Partial
	}
	return reports.Success
}
