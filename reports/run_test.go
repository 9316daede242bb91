package reports_test

import (
	"time"

	"github.com/gateproof/gateproof/reports"
)

// claim makes a conformance result with a verdict.
func claim(id string, v reports.Verdict) reports.Result {
	r := reports.Result{
		Claim: id, Title: "what " + id + " says", Group: "signals", Kind: reports.Conformance, Verdict: v,
		Duration: 1500 * time.Millisecond, Location: "e2e/signals.go:12",
		Evidence: []reports.Evidence{{Name: "ps ax", Text: "PID 1 /pause"}}, Output: "attached\n",
	}
	switch v {
	case reports.Contradicted:
		r.Failure = "the old worker lives\nExpected\n    <int>: 14\nto equal\n    <int>: 15\n\nTimed out after 10.001s."
	case reports.NotObserved:
		r.Cause, r.Failure = reports.CauseAdmission, "admission webhook \"no-root\" denied the request: runAsUser 0 in pod \""+id+"\""
	case reports.NotApplicable:
		r.Reason = "the field is dropped"
	case reports.NotRun:
		r.Reason = "interrupted while it ran"
	}
	return r
}

// informative makes the result one that never decides.
func informative(r reports.Result) reports.Result {
	r.Kind = reports.Informative
	return r
}

// lane makes a sound lane with results.
func lane(name string, results ...reports.Result) reports.Lane {
	return reports.Lane{
		Name: name, Version: "v1.16.15", Expect: "shared", Boot: 12 * time.Second,
		Facts: map[string]string{"runtime": "containerd 1.6.20", "kernel": "6.18"}, Results: results,
	}
}

func runOf(lanes ...reports.Lane) reports.Run {
	return reports.Run{
		SuiteVersion: "v0.1.0", Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600)),
		Duration: 90 * time.Second, Lanes: lanes,
	}
}

// broken gives the lane a problem.
func broken(l reports.Lane, p reports.Problem) reports.Lane {
	l.Problems = append(l.Problems, p)
	return l
}

var noBoot = reports.Problem{Step: "boot", Message: "the kubelet did not start", Output: "kubelet: \x1b[31mcgroup\x1b[0m \x00 v2"}

// because gives a claim that could not be observed another cause.
func because(r reports.Result, cause reports.Cause, said string) reports.Result {
	r.Cause, r.Failure = cause, said
	return r
}

var warned = reports.Problem{Step: "remove the namespaces", Message: "gateproof-1 does not go", Warning: true}
