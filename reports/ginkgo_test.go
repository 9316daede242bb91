package reports_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// verdicts lists "lane/claim: verdict" of every result that doesn't hold.
func verdicts(run reports.Run) []string {
	out := []string{}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if r.Verdict != reports.Holds {
				out = append(out, l.Name+"/"+r.Claim+": "+string(r.Verdict))
			}
		}
	}
	return out
}

func find(t *testing.T, run reports.Run, lane, claim string) reports.Result {
	t.Helper()
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if l.Name == lane && r.Claim == claim {
				return r
			}
		}
	}
	t.Fatalf("no result for %s in lane %s", claim, lane)
	return reports.Result{}
}

func TestRealReports(t *testing.T) {
	const ratchet = "off/ratchet: not-applicable"
	tests := []struct {
		scenario string
		flags    []string
		verdicts []string
		code     int
		outcome  reports.Outcome
		problems []string
	}{
		{scenario: "pass", verdicts: []string{ratchet}, code: 0, outcome: reports.Success},
		{scenario: "fail", verdicts: []string{"on/signals: contradicted", ratchet}, code: 1, outcome: reports.Failure},
		{scenario: "informative", verdicts: []string{"on/matrix: contradicted", ratchet, "off/matrix: contradicted"}, code: 0, outcome: reports.Success},
		{
			scenario: "timeout", verdicts: []string{ratchet, "off/prompt: not-observed"}, code: 2, outcome: reports.Partial,
			problems: []string{"lane off: observe the claims: 1 of 4 claims could not be observed: time was up (1): prompt\nprompt: the pod's phase: expected Running to equal gone"},
		},
		{
			scenario: "unobserved", verdicts: []string{"on/signals: not-observed", ratchet}, code: 2, outcome: reports.Partial,
			problems: []string{"lane on: observe the claims: 1 of 4 claims could not be observed: refused by admission (1): signals\nsignals: admission webhook \"no-root\" denied the request: runAsUser 0"},
		},
		{
			scenario: "panic", flags: []string{"-ginkgo.focus=signals:"}, verdicts: []string{"on/signals: not-observed"}, code: 2, outcome: reports.Partial,
			problems: []string{"lane on: observe the claims: 1 of 1 claims could not be observed: could not look (1): signals\nsignals: the suite panicked: index out of range"},
		},
		{
			scenario: "cleanup", flags: []string{"-ginkgo.focus=signals:"}, verdicts: []string{"on/signals: not-observed"}, code: 2, outcome: reports.Partial,
			problems: []string{"lane on: observe the claims: 1 of 1 claims could not be observed: could not look (1): signals\nsignals: the suite failed beside the claim's own check, in DeferCleanup (Each)"},
		},
		{
			scenario: "warning", verdicts: []string{ratchet}, code: 0, outcome: reports.Success,
			problems: []string{"remove the namespaces: gateproof-1 does not go: dead.example.com/v1 does not answer"},
		},
		{
			scenario: "warning and failure", verdicts: []string{ratchet}, code: 0, outcome: reports.Success,
			problems: []string{"remove the namespaces: gateproof-1 does not go: dead.example.com/v1 does not answer", "clean up after the suite: taking the lanes down"},
		},
		{
			scenario: "after-suite", verdicts: []string{ratchet}, code: 2, outcome: reports.Partial,
			problems: []string{"clean up after the suite: taking the lanes down"},
		},
		{
			scenario: "pass", flags: []string{"-ginkgo.label-filter=group:signals && kind:conformance"},
			verdicts: []string{}, code: 0, outcome: reports.Partial,
		},
		{
			scenario: "pass", flags: []string{"-ginkgo.label-filter=group:absent"},
			verdicts: []string{}, code: 2, outcome: reports.Failure,
			problems: []string{"try the claims: no conformance claim was tried"},
		},
		{
			scenario: "interrupt", flags: []string{"-ginkgo.skip=matrix", "-ginkgo.grace-period=1s"},
			verdicts: []string{
				"on/ratchet: not-run", "on/prompt: not-run", "on/signals: not-run", "on/visible: not-run",
				"off/ratchet: not-run", "off/prompt: not-run", "off/signals: not-run", "off/visible: not-run",
			},
			code: 2, outcome: reports.Failure,
			problems: []string{
				"run the suite: Interrupted by User",
				"lane on: try the claims: 4 of 4 claims were not run; ratchet: the run was interrupted before it started",
				"lane off: try the claims: 4 of 4 claims were not run; ratchet: the run was interrupted before it started",
			},
		},
		{
			scenario: "before-suite", flags: []string{"-ginkgo.focus=visible:"},
			verdicts: []string{"on/visible: not-run", "off/visible: not-run"}, code: 2, outcome: reports.Failure,
			problems: []string{
				"prepare the suite: boot lane off: kubelet did not start",
				"lane on: try the claims: 1 of 1 claims were not run; visible: the clusters did not come up",
				"lane off: try the claims: 1 of 1 claims were not run; visible: the clusters did not come up",
			},
		},
		{
			scenario: "pass", flags: []string{"-ginkgo.dry-run", "-ginkgo.focus=visible:"},
			verdicts: []string{"on/visible: not-run", "off/visible: not-run"}, code: 2, outcome: reports.Failure,
			problems: []string{
				"lane on: try the claims: 1 of 1 claims were not run; visible: this was a dry run",
				"lane off: try the claims: 1 of 1 claims were not run; visible: this was a dry run",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.scenario, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			run := runSample(t, test.scenario, test.flags...)
			if len(run.Lanes) == 3 { // the lane that a report entry brought along has no specs
				g.Expect(run.Lanes[2]).To(And(HaveField("Name", "extra"), HaveField("Version", "v1.17.17")))
				run.Lanes = run.Lanes[:2]
			}
			g.Expect(verdicts(run)).To(Equal(test.verdicts))
			g.Expect(run.ExitCode()).To(Equal(test.code))
			g.Expect(run.Outcome()).To(Equal(test.outcome))
			words := []string{}
			for _, p := range run.Problems() {
				words = append(words, p.String())
			}
			g.Expect(words).To(HaveExactElements(test.problems))
		})
	}
}

func TestDetailsOfRealReports(t *testing.T) {
	t.Run("a claim that holds", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		run := runSample(t, "pass", "-ginkgo.label-filter=claim:visible")
		r := find(t, run, "on", "visible")
		g.Expect(r.Name()).To(Equal("visible: processes are visible"))
		g.Expect(r.Group).To(Equal("visibility"))
		g.Expect(r.Evidence).To(Equal([]reports.Evidence{{Name: "ps ax", Text: "PID 1 /pause"}}))
		g.Expect(r.Measurements).To(Equal(map[string]float64{"gone_seconds": 3.6, "orphans": 1000}))
		g.Expect(r.Location).To(MatchRegexp(`^reports/sample_test.go:\d+$`))
		g.Expect(run.Selection).To(Equal("--label-filter=claim:visible"))
	})
	t.Run("a claim that is contradicted", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		r := find(t, runSample(t, "fail"), "on", "signals")
		g.Expect(reports.Headline(r)).To(Equal("signals: HUP leaves the old worker alive: expected worker 14 to equal worker 15"))
		g.Expect(r.Failure).To(HavePrefix("HUP leaves the old worker alive\nExpected\n"))
		g.Expect(r.Output).To(ContainSubstring("sent HUP"))
	})
	t.Run("a claim that was interrupted", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		r := find(t, runSample(t, "interrupt", "-ginkgo.label-filter=claim:prompt && lane:on"), "on", "prompt")
		g.Expect(reports.Headline(r)).To(Equal("not run: interrupted while it ran"))
	})
	t.Run("a claim that ran out of time leads with what it awaited", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		r := find(t, runSample(t, "timeout"), "off", "prompt")
		g.Expect(reports.Headline(r)).To(Equal("prompt: not observed, time was up: the pod's phase: expected Running to equal gone"))
		g.Expect(r.Cause).To(Equal(reports.CauseTime))
		g.Expect(r.Failure).To(ContainSubstring("A node timeout occurred"))
	})
	t.Run("a claim that could not look says why", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		r := find(t, runSample(t, "unobserved"), "on", "signals")
		g.Expect(r.Cause).To(Equal(reports.CauseAdmission), "the first cause brought about the others")
		g.Expect(r.Failure).To(Equal("admission webhook \"no-root\" denied the request: runAsUser 0"))
		r = find(t, runSample(t, "unobserved in time"), "on", "signals")
		g.Expect(r.Cause).To(Equal(reports.CauseOther), "a word that is no cause")
		g.Expect(r.Failure).To(Equal("the node is gone\n\ntimed out"))
	})
	t.Run("the words of before", func(t *testing.T) {
		t.Parallel()
		g := NewWithT(t)
		r := find(t, runSample(t, "earlier words"), "on", "signals")
		g.Expect(r.Verdict).To(Equal(reports.NotObserved))
		g.Expect(r.Cause).To(Equal(reports.CauseOther))
	})
}
