package history

import (
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestNodesAreFollowedByKind(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	for i, node := range []string{"node-a", "node-b"} {
		run := reports.Run{SuiteVersion: "v1", Started: time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC), Lanes: []reports.Lane{{
			Name: "prod", Nodes: &reports.Nodes{List: []reports.Node{{Name: node, Line: "containerd, amd64"}}},
			Results: []reports.Result{{Node: node, Claim: "hup", Kind: reports.Conformance, Verdict: reports.Holds}},
		}}}
		g.Expect(run.Save(filepath.Join(dir, node, reports.RunFile))).To(Succeed())
	}
	h, err := Read(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.Claims).To(HaveExactElements(And(
		HaveField("Lane", "prod (containerd, amd64)"), HaveField("Verdicts", []reports.Verdict{reports.Holds, reports.Holds}))))
}
