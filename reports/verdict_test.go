package reports_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// cases are runs and what they come to.
var cases = []struct {
	name    string
	run     reports.Run
	code    int
	outcome reports.Outcome
}{
	{"all hold", runOf(lane("on", claim("a", reports.Holds)), lane("off", claim("a", reports.Holds))), 0, reports.Success},
	{"not applicable beside one that holds", runOf(lane("on", claim("a", reports.Holds), claim("b", reports.NotApplicable))), 0, reports.Success},
	{"not applicable alone", runOf(lane("on", claim("a", reports.NotApplicable))), 2, reports.Failure},
	{"not applicable without a reason", runOf(lane("on", claim("a", reports.Holds), reports.Result{Claim: "b", Verdict: reports.NotApplicable})), 2, reports.Partial},
	{"a contradiction", runOf(lane("on", claim("a", reports.Holds), claim("b", reports.Contradicted))), 1, reports.Failure},
	{"a contradiction beside a broken lane", runOf(lane("on", claim("a", reports.Contradicted)), broken(lane("off"), noBoot)), 1, reports.Failure},
	{"an informative contradiction", runOf(lane("on", claim("a", reports.Holds), informative(claim("b", reports.Contradicted)))), 0, reports.Success},
	{"informative claims alone", runOf(lane("on", informative(claim("a", reports.Holds)))), 2, reports.Failure},
	{"a claim not observed", runOf(lane("on", claim("a", reports.Holds), claim("b", reports.NotObserved))), 2, reports.Partial},
	{"no claim observed", runOf(lane("on", claim("a", reports.NotObserved))), 2, reports.Partial},
	{"a contradiction beside one not observed", runOf(lane("on", claim("a", reports.Contradicted), claim("b", reports.NotObserved))), 1, reports.Failure},
	{"an informative claim not observed", runOf(lane("on", claim("a", reports.Holds), informative(claim("b", reports.NotObserved)))), 0, reports.Success},
	{"a warning", runOf(broken(lane("on", claim("a", reports.Holds)), warned)), 0, reports.Success},
	{"a warning beside a lane without results", runOf(lane("on", claim("a", reports.Holds)), broken(lane("off"), warned)), 2, reports.Partial},
	{"a claim not run", runOf(lane("on", claim("a", reports.Holds), claim("b", reports.NotRun))), 2, reports.Partial},
	{"an informative claim not run", runOf(lane("on", claim("a", reports.Holds), informative(claim("b", reports.NotRun)))), 2, reports.Partial},
	{"a broken lane", runOf(lane("on", claim("a", reports.Holds)), broken(lane("off"), noBoot)), 2, reports.Partial},
	{"a lane without results", runOf(lane("on", claim("a", reports.Holds)), lane("off")), 2, reports.Partial},
	{"no results", runOf(lane("on")), 2, reports.Failure},
	{"no lanes", runOf(), 2, reports.Failure},
	{"a verdict that nobody knows", runOf(lane("on", claim("a", reports.Holds), claim("b", "flaked"))), 2, reports.Partial},
	{"a selection", reports.Run{Selection: "--focus=a", Lanes: []reports.Lane{lane("on", claim("a", reports.Holds)), lane("off")}}, 0, reports.Partial},
	{"a warning of the whole run", reports.Run{
		Lanes: []reports.Lane{lane("on", claim("a", reports.Holds))}, Infrastructure: []reports.Problem{warned},
	}, 0, reports.Success},
	{"trouble of the whole run", reports.Run{
		Lanes: []reports.Lane{lane("on", claim("a", reports.Holds))}, Infrastructure: []reports.Problem{noBoot},
	}, 2, reports.Partial},
}

func TestVerdict(t *testing.T) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(test.run.ExitCode()).To(Equal(test.code))
			g.Expect(test.run.Outcome()).To(Equal(test.outcome))
		})
	}
}

// Whoever reads the files alone comes to the verdict of the exit code: no blocking case is a failure or an
// error exactly when it is 0, and one is a failure exactly when it is 1.
func TestJUnitAgreesWithExitCode(t *testing.T) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			dir := t.TempDir()
			g.Expect(reports.WriteJUnit(dir, test.run)).To(Succeed())
			failed, contradicted := 0, 0
			files, _ := filepath.Glob(filepath.Join(dir, "*"))
			g.Expect(files).To(HaveLen(max(1, len(test.run.Lanes))))
			for _, file := range files {
				data, err := os.ReadFile(file)
				g.Expect(err).NotTo(HaveOccurred())
				var doc junitSuites
				g.Expect(xml.Unmarshal(data, &doc)).To(Succeed())
				for _, c := range doc.Suites[0].Cases {
					if (c.Failure != nil || c.Error != nil) && c.property("lifecycle") == "blocking" {
						failed++
					}
					if c.Failure != nil && c.property("lifecycle") == "blocking" {
						contradicted++
					}
				}
			}
			g.Expect(failed > 0).To(Equal(test.code != 0))
			g.Expect(contradicted > 0).To(Equal(test.code == 1))
		})
	}
}

func TestSaveAndLoad(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "out", reports.RunFile)
	_, err := reports.Load(path)
	g.Expect(err).To(MatchError(os.ErrNotExist))
	for _, test := range cases {
		g.Expect(test.run.Save(path)).To(Succeed())
		g.Expect(reports.Load(path)).To(BeComparableTo(test.run), test.name)
	}
}
