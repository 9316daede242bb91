package github

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// told is what a step has said to GitHub.
type told struct{ commands, outputs, summary string }

func tell(t *testing.T, dir string, code *int) told {
	files := t.TempDir()
	var commands bytes.Buffer
	step := Step{Commands: &commands, Output: filepath.Join(files, "output"), Summary: filepath.Join(files, "summary")}
	NewWithT(t).Expect(step.Tell(dir, code)).To(Succeed())
	read := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return string(text)
	}
	return told{commands.String(), read(step.Output), read(step.Summary)}
}

func saved(t *testing.T, verdict reports.Verdict) string {
	dir := t.TempDir()
	run := reports.Run{Lanes: []reports.Lane{{Name: "on", Results: []reports.Result{
		{Claim: "hup", Kind: reports.Conformance, Verdict: verdict, Cause: reports.CauseAdmission, Failure: "not so", Location: "e2e/signals.go:93"},
	}}}}
	NewWithT(t).Expect(run.Save(filepath.Join(dir, reports.RunFile))).To(Succeed())
	return dir
}

func code(n int) *int { return &n }

func TestARunThatHolds(t *testing.T) {
	g := NewWithT(t)
	dir := saved(t, reports.Holds)
	g.Expect(os.WriteFile(filepath.Join(dir, reports.SummaryFile), []byte("all is well\n"), 0o644)).To(Succeed())
	for _, c := range []*int{nil, code(0)} {
		g.Expect(tell(t, dir, c)).To(Equal(told{"", "result=success\nexit-code=0\nnot-observed=0\nreport=" + dir + "\n", "all is well\n"}))
	}
}

func TestARunThatCouldNotLook(t *testing.T) {
	g := NewWithT(t)
	said := tell(t, saved(t, reports.NotObserved), code(2))
	g.Expect(said.commands).To(HavePrefix("::warning title=not observed::refused by admission: on: hup; said: not so; to do: allow"))
	g.Expect(said.outputs).To(HavePrefix("result=partial\nexit-code=2\nnot-observed=1\n"))
}

func TestARunThatFails(t *testing.T) {
	g := NewWithT(t)
	dir := saved(t, reports.Contradicted)
	said := tell(t, dir, code(1))
	g.Expect(said.commands).To(HavePrefix("::error title=on hup,file=e2e/signals.go,line=93::on: hup"))
	g.Expect(said.outputs).To(HavePrefix("result=failure\nexit-code=1\n"))
}

// Clusters that could not be removed, a process that was killed: the reports alone would say that all is well.
func TestTheExitCodeOverrulesTheReports(t *testing.T) {
	g := NewWithT(t)
	said := tell(t, saved(t, reports.Holds), code(2))
	g.Expect(said.commands).To(HavePrefix("::error title=no verdict::end the run: it exited with 2"))
	g.Expect(said.outputs).To(HavePrefix("result=partial\nexit-code=2\n"))
}

func TestNoRunIsNoVerdict(t *testing.T) {
	g := NewWithT(t)
	said := tell(t, t.TempDir(), code(2))
	g.Expect(said.commands).To(Equal("::error title=no verdict::the run left no result; the log says why\n"))
	g.Expect(said.outputs).To(HavePrefix("result=failure\nexit-code=2\n"))
	g.Expect(said.summary).To(ContainSubstring("No verdict"))
}
