package reports_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func markdown(run reports.Run) string {
	var out bytes.Buffer
	if err := reports.Markdown(&out, run); err != nil {
		panic(err)
	}
	return out.String()
}

func TestMarkdown(t *testing.T) {
	g := NewWithT(t)
	bad := claim("hup", reports.Contradicted)
	bad.Failure = "a | b `c` <b> @all"
	run := runOf(lane("on", bad, claim("fine", reports.Holds)), lane("off", claim("hup", reports.NotApplicable)))
	g.Expect(markdown(run)).To(Equal(strings.TrimPrefix(`
### ❌ gateproof: failure

A conformance claim is contradicted.

lane on v1.16.15 shared, lane off v1.16.15 shared: 1 passed, 1 failed, 1 not applicable in 1m30s.

- **on hup**: a \| b \`+"`c\\`"+` &lt;b&gt; @`+"\u200b"+`all — again: `+"`gateproof run --lanes=on --focus=hup`"+`

<details open><summary>2 claims</summary>

| claim | on v1.16.15 | off v1.16.15 |
|---|---|---|
| signals: hup | FAIL | n/a |
| signals: fine | holds | - |

</details>
`, "\n")))
	g.Expect(markdown(runOf(lane("on", claim("fine", reports.Holds))))).To(And(HavePrefix("### ✅ gateproof: success\n"), ContainSubstring("<details><summary>")))
}

func TestMarkdownFitsAComment(t *testing.T) {
	g := NewWithT(t)
	var results []reports.Result
	for i := range 2000 {
		results = append(results, claim(fmt.Sprint("claim-", i), reports.Contradicted))
	}
	text := markdown(runOf(lane("on", results...)))
	g.Expect(len(text)).To(BeNumerically("<", 65536))
	g.Expect(text).To(And(HavePrefix("### ❌"), HaveSuffix("Cut; the rest is in the reports.\n")))
}

func TestMarkdownOfWhatCouldNotBeObserved(t *testing.T) {
	g := NewWithT(t)
	text := markdown(runOf(broken(lane("on", claim("hup", reports.NotObserved), claim("fine", reports.Holds)), warned)))
	g.Expect(text).To(HavePrefix("### ⚠️ gateproof: partial\n\nNothing contradicts. 1 claim could not be observed.\n"))
	g.Expect(text).To(And(
		ContainSubstring("- **not observed** (refused by admission) on: hup — said: admission webhook \"no-root\" denied the request: runAsUser 0 in pod \"hup\" — to do: allow what"),
		ContainSubstring("- **warning** lane on: remove the namespaces: gateproof-1 does not go\n"),
		ContainSubstring("| signals: hup | not observed |"), Not(ContainSubstring("no verdict")),
	))
}
