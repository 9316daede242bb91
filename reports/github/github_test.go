package github

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func failed(claim string, kind reports.Kind) reports.Result {
	return reports.Result{Claim: claim, Kind: kind, Verdict: reports.Contradicted, Failure: "100% wrong:\nexpected 1, 2", Location: "e2e/signals.go:93"}
}

func annotated(run reports.Run) []string {
	var out bytes.Buffer
	if err := Annotate(&out, run); err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func TestAnnotationsAreForContradictedConformanceClaims(t *testing.T) {
	g := NewWithT(t)
	run := reports.Run{Lanes: []reports.Lane{{Name: "on", Results: []reports.Result{
		failed("hup,1", reports.Conformance), failed("matrix", reports.Informative), {Claim: "fine", Verdict: reports.Holds},
	}}}}
	g.Expect(annotated(run)).To(Equal([]string{
		"::error title=on hup%2C1,file=e2e/signals.go,line=93::on: hup,1: 100%25 wrong: expected 1, 2",
	}))
	g.Expect(annotated(reports.Run{Lanes: []reports.Lane{{Name: "off", Problems: []reports.Problem{{Step: "boot", Message: "no\nmore"}}}}})).
		To(HaveExactElements(HavePrefix("::error title=no verdict::lane off: boot: no")))
}

func TestWhatCouldNotBeObservedIsAWarning(t *testing.T) {
	g := NewWithT(t)
	unseen := func(claim string, cause reports.Cause) reports.Result {
		return reports.Result{Claim: claim, Kind: reports.Conformance, Verdict: reports.NotObserved, Cause: cause, Failure: "denied by policy"}
	}
	run := reports.Run{
		Lanes: []reports.Lane{{Name: "on", Results: []reports.Result{
			unseen("a", reports.CauseAdmission), unseen("b", reports.CauseAdmission), unseen("c", reports.CauseExec),
		}}},
		Infrastructure: []reports.Problem{{Step: "remove the namespaces", Message: "one stays", Warning: true}},
	}
	g.Expect(annotated(run)).To(HaveExactElements(
		HavePrefix("::warning title=not observed::refused by admission: on: a, b; said: denied by policy; to do: allow"),
		HavePrefix("::warning title=not observed::exec does not answer: on: c; said"),
		Equal("::warning title=warning::remove the namespaces: one stays"),
	))
}

func TestNoMoreAnnotationsThanAreShown(t *testing.T) {
	g := NewWithT(t)
	var results []reports.Result
	for i := range 13 {
		results = append(results, failed(fmt.Sprint("claim-", i), reports.Conformance))
	}
	lines := annotated(reports.Run{Lanes: []reports.Lane{{Name: "on", Results: results}}})
	g.Expect(lines).To(HaveLen(10))
	g.Expect(lines[8]).To(ContainSubstring("claim-8"))
	g.Expect(lines[9]).To(ContainSubstring("4 more failures"))
}

func TestFit(t *testing.T) {
	g := NewWithT(t)
	g.Expect(string(Fit([]byte("short\n"), 100))).To(Equal("short\n"))
	long := bytes.Repeat([]byte("a line of text\n"), 1000)
	cut := Fit(long, 4096)
	g.Expect(len(cut)).To(BeNumerically("<=", 4096))
	g.Expect(string(cut)).To(HaveSuffix("a line of text\n\nCut after 4 kB; the whole is among the uploaded reports.\n"))
}
