package compare

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// onNodes is a run of one claim, by node and verdict.
func onNodes(line string, verdicts map[string]reports.Verdict) reports.Run {
	l := reports.Lane{Name: "prod", Nodes: &reports.Nodes{}}
	for name, v := range verdicts {
		r := result("hup", v, second, "")
		r.Node = name
		l.Nodes.List = append(l.Nodes.List, reports.Node{Name: name, Line: line})
		l.Results = append(l.Results, r)
	}
	return reports.Run{Lanes: []reports.Lane{l}}
}

func TestNodesAreComparedByKind(t *testing.T) {
	g := NewWithT(t)
	const kind = "containerd, amd64, Debian"
	before := onNodes(kind, map[string]reports.Verdict{"node-a": reports.Holds, "node-b": reports.Holds})
	g.Expect(Runs(before, onNodes(kind, map[string]reports.Verdict{"node-c": reports.Holds}))).To(Equal(Comparison{}), "nodes that are replaced by others of their kind")

	onePlace := reports.Run{Lanes: []reports.Lane{{Name: "prod", Results: []reports.Result{result("hup", reports.Holds, second, "")}}}}
	g.Expect(Runs(onePlace, before)).To(Equal(Comparison{}), "a second kind while nodes are upgraded")
	g.Expect(Runs(before, onePlace)).To(Equal(Comparison{}))
	g.Expect(Runs(onePlace, onNodes(kind, map[string]reports.Verdict{"node-c": reports.Holds, "node-d": reports.Contradicted})).NewFailures).
		To(HaveExactElements(HaveField("Lane", "prod")))

	c := Runs(before, onNodes(kind, map[string]reports.Verdict{"node-c": reports.Holds, "node-d": reports.Contradicted}))
	g.Expect(c.NewFailures).To(HaveExactElements(HaveField("Lane", "prod (containerd, amd64, Debian)")))
	g.Expect(c.NewFailures[0].After).To(ContainSubstring("node-d: hup: wrong"), "which one it is")
	g.Expect(c.Worse()).To(BeTrue())
}
