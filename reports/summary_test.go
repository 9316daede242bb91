package reports_test

import (
	"bytes"
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
  matrix *        pass      fail
lifecycle
  term-is-prompt  pass      -
* informative: measured, never fails the run

Failures
  on  hup: the old worker lives: expected 14 to equal 15
      at e2e/signals.go:12
  off (informative)  matrix: the old worker lives: expected 14 to equal 15
      at e2e/signals.go:12

2 passed, 1 failed, 1 informative failed, 1 not applicable in 1m30s
Selection: --focus=x
Result: failure: a conformance claim failed
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
