package benign_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
)

func result(claim string, v reports.Verdict) reports.Result {
	return reports.Result{Claim: claim, Kind: reports.Conformance, Verdict: v, Cause: reports.CauseAdmission, Failure: claim + " says so"}
}

// variant was in force, and its run had these results.
func variant(id string, results ...reports.Result) benign.Variant {
	v := benign.Variant{ID: id, Habit: "it does " + id, Lane: "on", May: []string{"a"}, InForce: "the look says so"}
	v.Take(reports.Run{Duration: time.Minute, Lanes: []reports.Lane{{Name: "on", Results: results}}})
	return v
}

func matrix() benign.Matrix {
	matrixOff := result("m", reports.Contradicted)
	matrixOff.Kind = reports.Informative
	idle := variant("idle", result("b", reports.Holds))
	idle.InForce = ""
	stuck := variant("stuck", result("b", reports.Holds), reports.Result{Claim: "c", Verdict: reports.NotRun, Reason: "no time"})
	return benign.Matrix{
		SuiteVersion: "v0.1.0", Whole: true, Claims: []string{"a", "b", "c", "m"},
		Variants: []benign.Variant{
			variant("mesh", result("a", reports.NotObserved), result("b", reports.Holds), matrixOff),
			variant("slow", result("a", reports.Holds), result("b", reports.Holds)),
			variant("policy", result("a", reports.NotObserved), result("b", reports.NotObserved), result("c", reports.Holds)),
			variant("apparmor", result("a", reports.Holds), result("b", reports.Contradicted)),
			idle, stuck,
			variant("silent", result("a", reports.NotObserved)),
			{ID: "yama", Habit: "ptrace is forbidden", Lane: "on", Left: "this kernel has no Yama"},
		},
	}
}

func TestTake(t *testing.T) {
	g := NewWithT(t)
	v := matrix().Variants[0]
	g.Expect(v.Exit).To(Equal(reports.ExitNoVerdict))
	g.Expect(v.Held).To(Equal([]string{"b"}))
	g.Expect(v.Unobserved).To(Equal([]benign.Saying{{Claim: "a", Cause: reports.CauseAdmission, Headline: "a: not observed, refused by admission: a says so"}}))
	g.Expect(v.Accused).To(HaveExactElements(And(HaveField("Claim", "m"), HaveField("Informative", true))))
	g.Expect(v.Problem).To(BeEmpty(), "what could not be observed is no trouble")
	g.Expect(v.Duration).To(Equal(time.Minute))
	g.Expect(matrix().Variants[3].Exit).To(Equal(reports.ExitFails))
}

func TestProblemsAreNamed(t *testing.T) {
	NewWithT(t).Expect(matrix().Problems()).To(Equal([]string{
		"variant policy: must hold and could not be observed: b: not observed, refused by admission: b says so",
		"variant apparmor is accused although it is healthy (it does apparmor): b: b says so",
		"variant idle changed nothing: nothing shows that it was in force (it does idle)",
		"variant stuck: no verdict: lane on: try the claims: 1 of 2 claims were not run; c: no time",
		"variant silent: no claim holds, so that its peace proves nothing",
	}))
}

// What another habit has cost is asked again without it.
func TestWhatIsAskedAgainCounts(t *testing.T) {
	g := NewWithT(t)
	v := variant("policy", result("b", reports.NotObserved), result("c", reports.Holds))
	g.Expect(v.Exit).To(Equal(reports.ExitNoVerdict))
	v.Again(variant("policy", result("b", reports.Holds)))
	g.Expect(v.Held).To(ConsistOf("b", "c"))
	g.Expect(v.Problems()).To(BeEmpty())
	g.Expect(v.Exit).To(Equal(reports.ExitHolds))
	v.Again(variant("policy", result("b", reports.Contradicted)))
	g.Expect(v.Exit).To(Equal(reports.ExitFails))
	g.Expect(v.Duration).To(Equal(3 * time.Minute))
}

func TestWhatProvesNothingIsNotCounted(t *testing.T) {
	g := NewWithT(t)
	m := matrix()
	g.Expect(m.Badge()).To(Equal("3 of 7 healthy clusters not accused (1 left out)"))
	m.Variants = m.Variants[:2]
	g.Expect(m.Badge()).To(Equal("2 of 2 healthy clusters not accused"))
	g.Expect(m.Problems()).To(BeEmpty())
}

func TestARunThatCanOnlyEndAccusesNobody(t *testing.T) {
	g := NewWithT(t)
	m := benign.Matrix{Variants: []benign.Variant{{ID: "no-exec", InForce: "the look says so", Exit: reports.ExitNoVerdict, Ended: "exec does not answer"}}}
	g.Expect(m.Problems()).To(BeEmpty())
	g.Expect(m.Badge()).To(Equal("1 of 1 healthy clusters not accused"))
}

func TestTexts(t *testing.T) {
	g := NewWithT(t)
	g.Expect(matrix().String()).To(And(
		MatchRegexp(`(?m)^VARIANT +LANE +EXIT +HELD +NOT OBSERVED +ACCUSED +HABIT$`),
		MatchRegexp(`(?m)^mesh +on +2 +1 +1 +0 +it does mesh$`),
		MatchRegexp(`(?m)^apparmor +on +1 +1 +0 +1 +it does apparmor$`),
		MatchRegexp(`(?m)^yama +on +- .* ptrace is forbidden \(left out: this kernel has no Yama\)$`),
	))
	g.Expect(matrix().Markdown()).To(And(
		HavePrefix("### Healthy clusters of other habits\n\n3 of 7 healthy clusters not accused (1 left out). Suite `v0.1.0`"),
		ContainSubstring("- **no proof** variant apparmor is accused"),
		ContainSubstring("| mesh | on | it does mesh | 2 | 1 | a: refused by admission | m (informative) |\n"),
		ContainSubstring("| yama | on | ptrace is forbidden | left out: this kernel has no Yama | | | |\n"),
	))
}

func TestAMatrixIsReadBack(t *testing.T) {
	g := NewWithT(t)
	dir, m := t.TempDir(), matrix()
	g.Expect(benign.Load(dir)).To(BeNil())
	g.Expect(m.Save(dir)).To(Succeed())
	g.Expect(benign.Load(dir)).To(HaveValue(Equal(m)))
	g.Expect(filepath.Join(dir, benign.TextFile)).To(BeAnExistingFile())
	g.Expect(os.WriteFile(filepath.Join(dir, benign.File), []byte("{"), 0o600)).To(Succeed())
	g.Expect(benign.Load(dir)).To(BeNil())
}
