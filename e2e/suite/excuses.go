package suite

import (
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

// noteIdleExcuses notes as problems of the lanes which of their excuses are not needed any more.
func noteIdleExcuses(lanes []lane.Lane, run *reports.Run) {
	for i := range run.Lanes {
		found := &run.Lanes[i]
		if at := slices.IndexFunc(lanes, func(l lane.Lane) bool { return l.Name == found.Name }); at >= 0 {
			found.Problems = append(found.Problems, idleExcuses(lanes[at], *found)...)
		}
	}
}

// idleExcuses are a problem each: a claim that holds wherever it was tried can decide there, and an excuse that stays would hide the day when it
// is contradicted.
func idleExcuses(l lane.Lane, found reports.Lane) (out []reports.Problem) {
	for _, claim := range slices.Sorted(maps.Keys(l.Informative)) {
		if holdsThroughout(found, claim) {
			out = append(out, reports.Problem{
				Step:    "excuse of " + claim,
				Message: "the claim holds here, though the lane says why it does not decide (" + l.Informative[claim] + "): take it out of the lane's informative claims",
			})
		}
	}
	return out
}

// holdsThroughout says that the claim was tried, and holds on every node where it was.
func holdsThroughout(l reports.Lane, claim string) bool {
	tried := false
	for _, r := range l.Results {
		if r.Claim != claim {
			continue
		}
		if r.Verdict != reports.Holds {
			return false
		}
		tried = true
	}
	return tried
}
