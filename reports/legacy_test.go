package reports_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// A run as the suite wrote it when a claim had passed or failed, and nothing between.
const earlierRun = `{"suiteVersion": "v0.1.0", "started": "2026-01-02T03:04:05Z", "durationNanoseconds": 1, "lanes": [{"name": "on", "bootNanoseconds": 1, "results": [
  {"claim": "a", "title": "t", "group": "g", "kind": "conformance", "verdict": "passed", "durationNanoseconds": 1},
  {"claim": "b", "title": "t", "group": "g", "kind": "conformance", "verdict": "failed", "failure": "the old worker lives", "durationNanoseconds": 1},
  {"claim": "c", "title": "t", "group": "g", "kind": "conformance", "verdict": "failed", "failure": "the suite could not observe what it must\nUnexpected error:\n    <*errors.errorString>: \n    no answer\noccurred", "durationNanoseconds": 1},
  {"claim": "d", "title": "t", "group": "g", "kind": "conformance", "verdict": "not-run", "reason": "interrupted", "durationNanoseconds": 1}
]}]}`

func TestRunsOfBeforeAreRead(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), reports.RunFile)
	g.Expect(os.WriteFile(path, []byte(earlierRun), 0o600)).To(Succeed())
	run, err := reports.Load(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(Equal([]string{"on/b: contradicted", "on/c: not-observed", "on/d: not-run"}))
	g.Expect(reports.Headline(find(t, run, "on", "c"))).To(Equal("c: not observed, could not look: no answer (the suite could not observe what it must)"))
	g.Expect(run.ExitCode()).To(Equal(reports.ExitFails))
}
