package reports

import (
	"fmt"
	"slices"
)

// String is the problem in words, the step first.
func (p Problem) String() string { return p.Step + ": " + p.Message }

// Problems lists everything that keeps the run from a verdict: troubles that were reported, and the ones that show
// in the results, such as claims that were never tried. A run with a problem never exits with 0.
func (r Run) Problems() []Problem {
	out := slices.Clone(r.Infrastructure)
	for _, l := range r.Lanes {
		for _, p := range slices.Concat(l.Problems, l.gaps(r)) {
			p.Step = "lane " + l.Name + ": " + p.Step
			out = append(out, p)
		}
	}
	return r.orNothingTried(out)
}

// problemsOf lists what keeps this lane from a verdict, causes before effects.
func (r Run) problemsOf(l Lane) []Problem {
	return r.orNothingTried(slices.Concat(l.Problems, r.Infrastructure, l.gaps(r)))
}

func (r Run) orNothingTried(problems []Problem) []Problem {
	if len(problems) == 0 && !r.tried() {
		return []Problem{{Step: "try the claims", Message: "no conformance claim was tried"}}
	}
	return problems
}

// tried says whether a conformance claim passed or failed in any lane.
func (r Run) tried() bool {
	for _, l := range r.Lanes {
		for _, c := range l.Results {
			if c.Kind != Informative && (c.Verdict == Passed || c.Verdict == Failed) {
				return true
			}
		}
	}
	return false
}

// gaps are the claims that the lane owes an answer to.
func (l Lane) gaps(r Run) []Problem {
	var missing []Result
	for _, c := range l.Results {
		if c.Verdict != Passed && c.Verdict != Failed && (c.Verdict != NotApplicable || c.Reason == "") {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		message := fmt.Sprintf("%d of %d claims were not run; %s: %s", len(missing), len(l.Results), missing[0].Claim, missing[0].Reason)
		return []Problem{{Step: "try the claims", Message: message}}
	}
	if len(l.Results) == 0 && r.Selection == "" && len(l.Problems)+len(r.Infrastructure) == 0 {
		return []Problem{{Step: "try the claims", Message: "the lane has no results"}}
	}
	return nil
}
