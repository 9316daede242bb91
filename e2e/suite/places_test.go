package suite

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

func mixedGates(g Gomega) clusters.Cluster {
	l, err := lane.Select("mixed-gates")
	g.Expect(err).NotTo(HaveOccurred())
	c := clusters.Cluster{Lane: l[0], Arch: "amd64"}
	for i, n := range l[0].All() {
		gate := "true"
		if n.Kubelet != nil {
			gate = "false"
		}
		c.Members = append(c.Members, clusters.Member{Declared: n, Gate: gate, Kind: nodes.Kind{Kubelet: "v1.16.15"},
			Node: &clusters.Node{Name: "c-" + string(rune('0'+i))}})
	}
	return c
}

func TestEachNodeOfALaneIsASpotWithItsOwnExpectation(t *testing.T) {
	g := NewWithT(t)
	c := mixedGates(g)
	out := spots(settings.Settings{}, c, "/probe")
	g.Expect(out).To(HaveLen(3))
	off := out["worker-off"]
	g.Expect(off.Node).To(Equal("c-2"))
	g.Expect(off.Of).To(Equal(c.Members[2].Node), "claims that look at the node look at this one")
	g.Expect(off.Gate).To(Equal("false"))
	g.Expect(off.Lane.Expect.Processes).To(Equal(lane.Isolated))
	g.Expect(out["worker"].Lane.Expect.Processes).To(Equal(lane.Shared))

	n := nodesForReport(settings.Settings{}, c.Lane, c)
	g.Expect(n.Of).To(Equal(3))
	g.Expect(n.Kinds).To(Equal(2), "the gate of its kubelet is a part of a declared node's kind")
	g.Expect(n.List[2]).To(And(HaveField("Name", "worker-off"), HaveField("Kubelet", "v1.16.15"), HaveField("Expect", "isolated")))
	g.Expect(nodesForReport(settings.Settings{}, lane.Lane{Name: "on"}, clusters.Cluster{})).To(BeNil(), "a lane of one node has none to name")
}

func TestANodeOfAnotherArchitectureGetsItsOwnProbe(t *testing.T) {
	g := NewWithT(t)
	asked := settings.Settings{Existing: &existing.Cluster{}, Plan: nodes.Plan{Asked: nodes.EachKind, All: 3, Kinds: 3, Nodes: []nodes.Node{
		{Name: "a", Kind: nodes.Kind{Kubelet: "v1", Arch: "amd64"}}, {Name: "b", Kind: nodes.Kind{Kubelet: "v1", Arch: "arm64"}},
		{Name: "c", Kind: nodes.Kind{Kubelet: "v2"}, Unreached: &nodes.Unreached{Why: "NotReady"}},
	}}}
	c := clusters.Cluster{Lane: lane.Lane{Name: "prod", Version: "v1.30.1"}, Arch: "amd64"}
	out := spots(asked, c, "/probe")
	g.Expect(out).To(Equal(map[string]lab.Spot{"a": {Node: "a", Lane: c.Lane, Probe: "/probe"}, "b": {Node: "b", Lane: c.Lane, Probe: "/probe-arm64"}}))
	g.Expect(nodesForReport(asked, c.Lane, c).List[2]).To(Equal(reports.Node{Name: "c", Kubelet: "v2",
		Kind: "kubelet v2, unknown, kernel unknown, unknown, unknown", Line: "unknown, unknown, unknown", Unreached: "NotReady", Excused: true}))
}
