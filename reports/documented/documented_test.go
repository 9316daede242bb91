package documented

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func lane(name string, verdicts map[string]reports.Verdict) reports.Lane {
	l := reports.Lane{Name: name, Version: "v1.16.15", Expect: "shared", Facts: map[string]string{"container runtime": "containerd://1.7", "kernel": "6.1"}}
	for claim, v := range verdicts {
		kind := reports.Conformance
		if id, ok := strings.CutSuffix(claim, "?"); ok {
			claim, kind = id, reports.Informative
		}
		l.Results = append(l.Results, reports.Result{Claim: claim, Kind: kind, Verdict: v})
	}
	return l
}

func TestAPartComesToWhatItsClaimsComeTo(t *testing.T) {
	needs := Part{Text: "This requires X.", Claims: []string{"granted", "without"}, RefutedBy: []string{"without"}, Because: "it works without X"}
	for name, c := range map[string]struct {
		part Part
		lane map[string]reports.Verdict
		want Verdict
	}{
		"refuted":                  {needs, map[string]reports.Verdict{"granted": reports.Holds, "without": reports.Holds}, Refuted},
		"a cluster that breaks it": {needs, map[string]reports.Verdict{"granted": reports.Contradicted, "without": reports.NotApplicable}, Verdict(reports.Contradicted)},
		"a cluster that breaks it, refuted besides": {needs, map[string]reports.Verdict{"granted": reports.Contradicted, "without": reports.Holds}, Verdict(reports.Contradicted)},
		"of the other side":                         {Part{Claims: []string{"a"}, Of: "isolated"}, map[string]reports.Verdict{"a": reports.Holds}, Elsewhere},
		"broken on the other side":                  {Part{Claims: []string{"a"}, Of: "isolated"}, map[string]reports.Verdict{"a": reports.Contradicted}, Verdict(reports.Contradicted)},
		"of this side":                              {Part{Claims: []string{"a"}, Of: "shared"}, map[string]reports.Verdict{"a": reports.Holds}, Verdict(reports.Holds)},
		"informative, otherwise":                    {Part{Claims: []string{"a", "b"}}, map[string]reports.Verdict{"a?": reports.Contradicted, "b": reports.Holds}, Otherwise},
		"informative alone, otherwise":              {Part{Claims: []string{"a"}}, map[string]reports.Verdict{"a?": reports.Contradicted}, Otherwise},
		"informative, blind":                        {Part{Claims: []string{"a"}}, map[string]reports.Verdict{"a?": reports.NotObserved}, Verdict(reports.NotObserved)},
		"informative, never tried":                  {Part{Claims: []string{"a", "b"}, RefutedBy: []string{"a"}}, map[string]reports.Verdict{"b": reports.Holds}, Verdict(reports.NotRun)},
		"nothing to see":                            {needs, map[string]reports.Verdict{"granted": reports.NotApplicable, "without": reports.NotApplicable}, Verdict(reports.NotApplicable)},
		"one holds, one could not":                  {needs, map[string]reports.Verdict{"granted": reports.Holds, "without": reports.NotObserved}, Verdict(reports.NotObserved)},
		"what would refute it sees nothing":         {needs, map[string]reports.Verdict{"granted": reports.Holds, "without": reports.NotApplicable}, Verdict(reports.NotApplicable)},
		"holds where it is observed":                {Part{Claims: []string{"granted", "without"}}, map[string]reports.Verdict{"granted": reports.Holds, "without": reports.NotApplicable}, Verdict(reports.Holds)},
		"never tried":                               {needs, nil, Verdict(reports.NotRun)},
		"a heading":                                 {Part{Untestable: "a heading"}, nil, Untestable},
	} {
		t.Run(name, func(t *testing.T) { NewWithT(t).Expect(c.part.In(lane("on", c.lane))).To(Equal(c.want)) })
	}
}

func TestWhatIsNotSoIsToldToWhoeverMendsThePage(t *testing.T) {
	g := NewWithT(t)
	p := Page{Lanes: []string{"on"}, Parts: []Part{
		{Text: "It is.", Claims: []string{"a"}},
		{Text: "This requires X.", Source: "This requires `X`.", Claims: []string{"b", "c"}, RefutedBy: []string{"b", "c"}, Because: "it works without X"},
	}}
	run := reports.Run{Lanes: []reports.Lane{
		lane("on", map[string]reports.Verdict{"a": reports.Holds, "b": reports.Holds, "c": reports.Holds}),
		lane("off", map[string]reports.Verdict{"a": reports.Holds, "b": reports.NotApplicable, "c": reports.Holds}),
	}}
	g.Expect(p.Markdown(run)).To(Equal("> This requires `X`.\n\nMeasured: it works without X.\n\n- Kubernetes v1.16.15, containerd://1.7, kernel 6.1 (on)\n\n" +
		"Again: `gateproof run --lanes on --label-filter 'claim:b || claim:c'`\n\n"))
	g.Expect(p.Parts[1].Found(run)).To(Equal([]Found{{Refuted, []string{"on"}}, {Verdict(reports.NotApplicable), []string{"off"}}}))
	g.Expect(p.Contradicted(run)).To(BeEmpty())
}

func TestAClusterOfSomebodysIsTriedAgainAsSuch(t *testing.T) {
	g := NewWithT(t)
	p := Page{Parts: []Part{{Source: "It requires X.", Claims: []string{"a"}, RefutedBy: []string{"a"}, Because: "no"}}}
	l := lane("prod-eu", map[string]reports.Verdict{"a": reports.Holds})
	l.Facts = nil
	g.Expect(p.Markdown(reports.Run{Lanes: []reports.Lane{l}})).To(And(
		ContainSubstring("- Kubernetes v1.16.15 (prod-eu)\n"), ContainSubstring("`gateproof run --kubeconfig KUBECONFIG --expect shared --label-filter 'claim:a'`")))
}
