package kill_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/kill"
)

func matrix() kill.Matrix {
	mutant := func(id string, fails, passes []string) kill.Mutant {
		m := kill.Mutant{ID: id, Breaks: id + " is broken", Lane: "on", MustKill: []string{"a"}, MustSpare: []string{"b"}}
		run := reports.Run{Lanes: []reports.Lane{{Name: "on"}}}
		for _, c := range fails {
			run.Lanes[0].Results = append(run.Lanes[0].Results, reports.Result{Claim: c, Verdict: reports.Contradicted, Failure: c + " failed"})
		}
		for _, c := range passes {
			run.Lanes[0].Results = append(run.Lanes[0].Results, reports.Result{Claim: c, Verdict: reports.Holds})
		}
		m.Take(run)
		return m
	}
	incidental := mutant("blinding", []string{"a"}, []string{"b"})
	incidental.KilledBy[0] = kill.Kill{Claim: "a", Headline: "a: no answer", Unobserved: true}
	return kill.Matrix{Whole: true, Claims: []string{"a", "b", "c"}, Mutants: []kill.Mutant{
		mutant("good", []string{"a"}, []string{"b"}),
		mutant("survivor", nil, []string{"a", "b"}),
		mutant("half-noticed", []string{"b"}, []string{"a"}),
		mutant("too-much", []string{"a", "b"}, nil),
		incidental,
	}}
}

func TestProblemsAreNamed(t *testing.T) {
	NewWithT(t).Expect(matrix().Problems()).To(Equal([]string{
		"mutant survivor survived: survivor is broken, and no claim noticed",
		"mutant half-noticed: half-noticed is broken, and a did not notice",
		"mutant too-much breaks more than it says: b failed too",
		"mutant blinding: the claim that should contradict could not look: a: no answer",
		"claim c is a decoration: it failed on no mutant",
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
	g.Expect(kill.Load(dir)).To(HaveValue(Equal(m)))
}
