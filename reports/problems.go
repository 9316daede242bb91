package reports

import (
	"fmt"
	"slices"
)

// String is the problem in words, the step first.
func (p Problem) String() string { return p.Step + ": " + p.Message }

// Problems lists everything that a reader should know beside the verdicts: what kept the run from some of them (Troubles),
// what claims could not observe, and warnings. A run with a problem that is no warning never exits with 0.
func (r Run) Problems() []Problem {
	out := slices.Clone(r.Infrastructure)
	for _, l := range r.Lanes {
		out = append(out, ofLane(l, slices.Concat(l.Problems, l.unreached(), l.unobserved(), l.gaps(r)))...)
	}
	return r.orNothingTried(out)
}

// Troubles are the problems with the infrastructure and the input, claims that were never tried among them: without
// warnings, and without what claims could not observe.
func (r Run) Troubles() []Problem {
	out := slices.Clone(r.Infrastructure)
	for _, l := range r.Lanes {
		out = append(out, ofLane(l, slices.Concat(l.Problems, l.unreached(), l.gaps(r)))...)
	}
	return troubles(r.orNothingTried(out))
}

// Warnings are the problems that change nothing.
func (r Run) Warnings() []Problem {
	return slices.DeleteFunc(r.Problems(), func(p Problem) bool { return !p.Warning })
}

// troublesOf lists what keeps this lane from a verdict, causes before effects.
func (r Run) troublesOf(l Lane) []Problem {
	return troubles(r.orNothingTried(slices.Concat(l.Problems, l.unreached(), r.Infrastructure, l.gaps(r))))
}

// warningsOf are those that concern the lane.
func (r Run) warningsOf(l Lane) []Problem {
	return slices.DeleteFunc(slices.Concat(l.Problems, l.unreached(), r.Infrastructure), func(p Problem) bool { return !p.Warning })
}

// troubles are the problems that are no warnings.
func troubles(problems []Problem) (out []Problem) {
	for _, p := range problems {
		if !p.Warning {
			out = append(out, p)
		}
	}
	return out
}

func ofLane(l Lane, problems []Problem) []Problem {
	for i := range problems {
		problems[i].Step = "lane " + l.Name + ": " + problems[i].Step
	}
	return problems
}

func (r Run) orNothingTried(problems []Problem) []Problem {
	if len(troubles(problems)) == 0 && !r.tried() {
		return append(problems, Problem{Step: "try the claims", Message: "no conformance claim was tried"})
	}
	return problems
}

// tried says whether a conformance claim was tried in any lane, whatever it came to.
func (r Run) tried() bool {
	n := r.Count()
	return n.Contradicted+n.NotObserved > 0 || n.Holds > n.InformativeHolds
}

// gaps are the claims that the lane owes an answer to.
func (l Lane) gaps(r Run) []Problem {
	var missing []Result
	for _, c := range l.Results {
		if !c.Verdict.tried() && (c.Verdict != NotApplicable || c.Reason == "") {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		message := fmt.Sprintf("%d of %d claims were not run; %s: %s", len(missing), len(l.Results), missing[0].Claim, missing[0].Reason)
		return []Problem{{Step: "try the claims", Message: message}}
	}
	if len(l.Results) == 0 && r.Selection == "" && len(troubles(l.Problems))+len(troubles(r.Infrastructure)) == 0 {
		return []Problem{{Step: "try the claims", Message: "the lane has no results"}}
	}
	return nil
}

// tried says that a spec ran to its end.
func (v Verdict) tried() bool { return v == Holds || v == Contradicted || v == NotObserved }
