package suite

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

func TestAnExcuseThatIsNotNeededKeepsTheRunFromPassing(t *testing.T) {
	g := NewWithT(t)
	lanes := []lane.Lane{{Name: "runsc", Informative: map[string]string{"a": "no process", "b": "no process", "c": "no process", "d": "no process"}}, {Name: "on"}}
	result := func(claim string, v reports.Verdict) reports.Result {
		return reports.Result{Claim: claim, Kind: reports.Informative, Verdict: v}
	}
	run := reports.Run{Lanes: []reports.Lane{
		{Name: "runsc", Results: []reports.Result{
			result("a", reports.Holds), result("b", reports.Contradicted), result("c", reports.Holds), result("c", reports.NotObserved),
		}},
		{Name: "on", Results: []reports.Result{{Claim: "a", Kind: reports.Conformance, Verdict: reports.Holds}}},
	}}
	g.Expect(run.ExitCode()).To(Equal(reports.ExitHolds))
	noteIdleExcuses(lanes, &run)
	g.Expect(run.Lanes[0].Problems).To(HaveExactElements(reports.Problem{
		Step: "excuse of a", Message: "the claim holds here, though the lane says why it does not decide (no process): take it out of the lane's informative claims",
	}), "b is needed, c is where it could not look, d was not tried")
	g.Expect(run.Lanes[1].Problems).To(BeEmpty())
	g.Expect(run.ExitCode()).To(Equal(reports.ExitNoVerdict))
}
