package kill_test

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/kill"
)

func matrix() kill.Matrix {
	mutant := func(id string, contradict, hold []string, blind ...string) kill.Mutant {
		m := kill.Mutant{ID: id, Breaks: id + " is broken", Lane: "on", MustKill: []string{"a"}, MustSpare: []string{"b"}}
		run := reports.Run{Lanes: []reports.Lane{{Name: "on"}}}
		add := func(v reports.Verdict, claims []string) {
			for _, c := range claims {
				run.Lanes[0].Results = append(run.Lanes[0].Results, reports.Result{Claim: c, Verdict: v, Cause: reports.CauseExec, Failure: c + " says so"})
			}
		}
		add(reports.Contradicted, contradict)
		add(reports.Holds, hold)
		add(reports.NotObserved, blind)
		m.Take(run)
		return m
	}
	return kill.Matrix{Whole: true, Claims: []string{"a", "b", "c"}, Mutants: []kill.Mutant{
		mutant("good", []string{"a"}, []string{"b"}),
		mutant("survivor", nil, []string{"a", "b"}),
		mutant("half-noticed", []string{"b"}, []string{"a"}),
		mutant("too-much", []string{"a", "b"}, nil),
		mutant("blinding", nil, []string{"b"}, "a"),
		mutant("blinding-elsewhere", []string{"a"}, []string{"b"}, "c"),
	}}
}

func TestProblemsAreNamed(t *testing.T) {
	NewWithT(t).Expect(matrix().Problems()).To(Equal([]string{
		"mutant survivor survived: survivor is broken, and no claim noticed",
		"mutant half-noticed: half-noticed is broken, and a did not notice",
		"mutant too-much breaks more than it says: b did not hold",
		"mutant blinding: the claim that should contradict could not look: a: not observed, exec does not answer: a says so",
		"claim c is a decoration: it contradicts no mutant",
	}))
}

func TestAFewMutantsSayNothingOfDecorations(t *testing.T) {
	g := NewWithT(t)
	m := matrix()
	m.Whole, m.Mutants = false, m.Mutants[:1]
	g.Expect(m.Problems()).To(BeEmpty())
	g.Expect(m.Badge()).To(Equal("1 of 1 mutants killed; 1 of 3 claims kill"))
	g.Expect(m.String()).NotTo(ContainSubstring("\nc "))
}

func TestAMatrixIsReadBack(t *testing.T) {
	g := NewWithT(t)
	dir, m := t.TempDir(), matrix()
	g.Expect(kill.Load(dir)).To(BeNil())
	g.Expect(m.Save(dir)).To(Succeed())
	g.Expect(filepath.Join(dir, kill.TextFile)).To(BeAnExistingFile())
	g.Expect(kill.Load(dir)).To(HaveValue(Equal(m)))
}

func TestOnlyAContradictionKills(t *testing.T) {
	g := NewWithT(t)
	m := matrix()
	g.Expect(m.Badge()).To(Equal("4 of 6 mutants killed; 2 of 3 claims kill"))
	g.Expect(m.Mutants[4].KilledBy).To(BeEmpty())
	g.Expect(m.Mutants[4].Unobserved).To(HaveExactElements(kill.Kill{Claim: "a", Headline: "a: not observed, exec does not answer: a says so"}))
	g.Expect(m.Mutants[4].Problem).To(BeEmpty(), "it is not the machine's fault")
	g.Expect(m.String()).To(MatchRegexp(`blinding +on +0 contradict +1 hold +1 not observed +blinding is broken`))
}

func TestMarkdown(t *testing.T) {
	NewWithT(t).Expect(matrix().Markdown()).To(And(
		HavePrefix("### Clusters broken on purpose\n\n4 of 6 mutants killed; 2 of 3 claims kill."),
		ContainSubstring("- **no proof** mutant survivor survived"),
		ContainSubstring("| blinding | on | blinding is broken | – | a | 1 |\n"),
	))
}

func TestAMutantOfOneNodeIsToldFromItsNeighbours(t *testing.T) {
	results := func(of ...reports.Result) reports.Run {
		return reports.Run{Lanes: []reports.Lane{{Name: "mixed", Results: of}}}
	}
	on := func(node, claim string, v reports.Verdict, says string) reports.Result {
		return reports.Result{Node: node, Kubelet: "v1.16.15", Claim: claim, Verdict: v, Failure: says}
	}
	killed, spared := on("worker", "a", reports.Contradicted, "says so"), on("worker", "b", reports.Holds, "")
	for words, run := range map[string]reports.Run{
		"": results(killed, spared, on("other", "a", reports.Holds, ""), on("other", "b", reports.Holds, "")),
		"mutant m breaks node worker alone, and of another one it was said: other (kubelet v1.16.15): b: says so": results(killed, spared, on("other", "b", reports.Contradicted, "says so")),
		"mutant m survived: a node is broken, and no claim noticed":                                               results(on("worker", "a", reports.Holds, ""), spared, on("other", "a", reports.Holds, "")),
	} {
		m := kill.Mutant{ID: "m", Breaks: "a node is broken", Lane: "mixed", Node: "worker", MustKill: []string{"a"}, MustSpare: []string{"b"}}
		m.Take(run)
		var want []string
		if words != "" {
			want = []string{words}
		}
		NewWithT(t).Expect(kill.Matrix{Mutants: []kill.Mutant{m}}.Problems()).To(Equal(want))
	}
}
