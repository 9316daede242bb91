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
	{"all pass", runOf(lane("on", claim("a", reports.Passed)), lane("off", claim("a", reports.Passed))), 0, reports.Success},
	{"not applicable beside a pass", runOf(lane("on", claim("a", reports.Passed), claim("b", reports.NotApplicable))), 0, reports.Success},
	{"not applicable alone", runOf(lane("on", claim("a", reports.NotApplicable))), 2, reports.Failure},
	{"not applicable without a reason", runOf(lane("on", claim("a", reports.Passed), reports.Result{Claim: "b", Verdict: reports.NotApplicable})), 2, reports.Partial},
	{"a failure", runOf(lane("on", claim("a", reports.Passed), claim("b", reports.Failed))), 1, reports.Failure},
	{"a failure beside a broken lane", runOf(lane("on", claim("a", reports.Failed)), broken(lane("off"), noBoot)), 1, reports.Failure},
	{"an informative failure", runOf(lane("on", claim("a", reports.Passed), informative(claim("b", reports.Failed)))), 0, reports.Success},
	{"informative claims alone", runOf(lane("on", informative(claim("a", reports.Passed)))), 2, reports.Failure},
	{"a claim not run", runOf(lane("on", claim("a", reports.Passed), claim("b", reports.NotRun))), 2, reports.Partial},
	{"an informative claim not run", runOf(lane("on", claim("a", reports.Passed), informative(claim("b", reports.NotRun)))), 2, reports.Partial},
	{"a broken lane", runOf(lane("on", claim("a", reports.Passed)), broken(lane("off"), noBoot)), 2, reports.Partial},
	{"a lane without results", runOf(lane("on", claim("a", reports.Passed)), lane("off")), 2, reports.Partial},
	{"no results", runOf(lane("on")), 2, reports.Failure},
	{"no lanes", runOf(), 2, reports.Failure},
	{"a verdict that nobody knows", runOf(lane("on", claim("a", reports.Passed), claim("b", "flaked"))), 2, reports.Partial},
	{"a selection", reports.Run{Selection: "--focus=a", Lanes: []reports.Lane{lane("on", claim("a", reports.Passed)), lane("off")}}, 0, reports.Partial},
	{"trouble of the whole run", reports.Run{
		Lanes: []reports.Lane{lane("on", claim("a", reports.Passed))}, Infrastructure: []reports.Problem{noBoot},
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

// Whoever reads the files alone comes to the verdict of the exit code: no blocking case fails exactly when it is 0.
func TestJUnitAgreesWithExitCode(t *testing.T) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			dir := t.TempDir()
			g.Expect(reports.WriteJUnit(dir, test.run)).To(Succeed())
			failed := 0
			files, _ := filepath.Glob(filepath.Join(dir, "*"))
			g.Expect(files).To(HaveLen(max(1, len(test.run.Lanes))))
			for _, file := range files {
				data, err := os.ReadFile(file)
				g.Expect(err).NotTo(HaveOccurred())
				var doc junitSuites
				g.Expect(xml.Unmarshal(data, &doc)).To(Succeed())
				for _, c := range doc.Suites[0].Cases {
					if c.Failure != nil && c.property("lifecycle") == "blocking" {
						failed++
					}
				}
			}
			g.Expect(failed > 0).To(Equal(test.code != 0))
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
