package suite

import (
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

// noteIdleExcuses notes as problems of the lanes which of their excuses are not needed any more: a claim that holds wherever it was tried can
// decide there, and an excuse that stays would hide the day when it is contradicted.
func noteIdleExcuses(lanes []lane.Lane, run *reports.Run) {
	for i := range run.Lanes {
		for _, l := range lanes {
			if l.Name != run.Lanes[i].Name {
				continue
			}
			for _, claim := range slices.Sorted(maps.Keys(l.Informative)) {
				if holdsThroughout(run.Lanes[i], claim) {
					run.Lanes[i].Problems = append(run.Lanes[i].Problems, reports.Problem{
						Step:    "excuse of " + claim,
						Message: "the claim holds here, though the lane says why it does not decide (" + l.Informative[claim] + "): take it out of the lane's informative claims",
					})
				}
			}
		}
	}
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
