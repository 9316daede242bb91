package reports_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestSummary(t *testing.T) {
	g := NewWithT(t)
	life := claim("term-is-prompt", reports.Holds)
	life.Group = "lifecycle"
	off := lane("off", claim("hup", reports.NotApplicable), informative(claim("matrix", reports.Contradicted)))
	off.Expect = "isolated"
	run := runOf(lane("on", claim("hup", reports.Contradicted), informative(claim("matrix", reports.Holds)), life), off)
	run.Selection = "--focus=x"

	var plain, colored bytes.Buffer
	g.Expect(reports.Summary(&plain, run, []string{"reports/out", "/logs"}, false)).To(Succeed())
	g.Expect(reports.Summary(&colored, run, []string{"reports/out", "/logs"}, true)).To(Succeed())
	g.Expect(strings.Split(plain.String(), "\n")).To(Equal(strings.Split(strings.TrimPrefix(`
                  on        off
                  v1.16.15  v1.16.15
                  shared    isolated
signals
  hup             FAIL      n/a
  matrix *        holds     fail
lifecycle
  term-is-prompt  holds     -
* informative: measured, never fails the run

Failures
  on  hup: the old worker lives: expected 14 to equal 15
      at e2e/signals.go:12
  off (informative)  matrix: the old worker lives: expected 14 to equal 15
      at e2e/signals.go:12

2 passed, 1 failed, 1 informative failed, 1 not applicable in 1m30s
Selection: --focus=x
Result: failure: a conformance claim is contradicted
JUnit: reports/out, /logs
`, "\n"), "\n")))
	g.Expect(plain.String()).NotTo(ContainSubstring("\x1b"))
	g.Expect(colored.String()).To(ContainSubstring("\x1b[31mFAIL"))
	g.Expect(regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(colored.String(), "")).To(HaveLen(padding(plain.String(), colored.String())))
}

// padding is the plain text's length plus the blanks that colour keeps at the ends of lines.
func padding(plain, colored string) int {
	n := len(plain)
	for _, line := range strings.Split(regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(colored, ""), "\n") {
		n += len(line) - len(strings.TrimRight(line, " "))
	}
	return n
}

func TestSummaryOfTroubles(t *testing.T) {
	g := NewWithT(t)
	problem := reports.Problem{Step: "boot", Message: "the kubelet did not start\ncgroup v2"}
	run := runOf(lane("on", claim("a", reports.Holds)), broken(lane("off"), problem))
	var out bytes.Buffer
	g.Expect(reports.Summary(&out, run, nil, false)).To(Succeed())
	g.Expect(out.String()).To(And(
		ContainSubstring("Infrastructure and input\n  lane off: boot: the kubelet did not start\n      cgroup v2\n"),
		HaveSuffix("Result: partial: infrastructure or input at fault, no verdict\n"),
	))
	out.Reset()
	g.Expect(reports.Summary(&out, reports.Run{}, nil, false)).To(Succeed())
	g.Expect(out.String()).To(ContainSubstring("no conformance claim was tried"))
}

// A reader sees on one screen that the cluster is not accused, what could not be observed, why, and what to do.
func TestSummaryOfWhatCouldNotBeObserved(t *testing.T) {
	g := NewWithT(t)
	run := runOf(
		lane("on", claim("hup", reports.NotObserved), claim("root", reports.NotObserved), claim("seen", reports.Holds),
			informative(because(claim("matrix", reports.NotObserved), reports.CauseExec, "exec in shell: 502 Bad Gateway"))),
		broken(lane("off", claim("hup", reports.NotObserved)), warned))
	var out bytes.Buffer
	g.Expect(reports.Summary(&out, run, nil, false)).To(Succeed())
	g.Expect(out.String()).To(Equal(strings.TrimPrefix(`
            on            off
            v1.16.15      v1.16.15
            shared        shared
signals
  hup       not observed  not observed
  root      not observed  -
  seen      holds         -
  matrix *  not observed  -
* informative: measured, never fails the run

Not observed, which does not speak against the cluster
  refused by admission
    on: hup, root
    off: hup
    said: admission webhook "no-root" denied the request: runAsUser 0 in pod "hup"
    to do: allow what the fixtures ask for in namespaces labelled gateproof.run, or accept that these claims say nothing here
  exec does not answer
    on: matrix (informative)
    said: exec in shell: 502 Bad Gateway
    to do: let exec and attach through to the kubelet: the subresources pods/exec and pods/attach, and a proxy that passes WebSocket or SPDY

Warnings, which change no verdict
  lane off: remove the namespaces: gateproof-1 does not go

1 passed, 0 failed, 3 not observed, 1 informative not observed in 1m30s
Result: partial: no verdict: nothing contradicts, 3 claims could not be observed
`, "\n")))
}

func TestSummaryOfManyObstaclesStaysShort(t *testing.T) {
	g := NewWithT(t)
	var results []reports.Result
	for i := range 40 {
		results = append(results, because(claim(fmt.Sprint("claim-", i), reports.NotObserved), reports.CauseQuota, "refused for reason "+strings.Repeat("x", i)))
	}
	var out bytes.Buffer
	g.Expect(reports.Summary(&out, runOf(lane("on", results...)), nil, false)).To(Succeed())
	g.Expect(strings.Count(out.String(), "said: ")).To(Equal(3))
	g.Expect(out.String()).To(ContainSubstring("and 37 other answers, which are in the reports"))
	_, section, _ := strings.Cut(out.String(), "Not observed")
	for line := range strings.Lines(section) {
		g.Expect(len(line)).To(BeNumerically("<", 160), line)
	}
}
