package conformance

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestAReportNamesTheNodes(t *testing.T) {
	g := NewWithT(t)
	run := sample()
	l := &run.Lanes[0]
	l.Nodes = &reports.Nodes{Of: 2, Kinds: 1, List: []reports.Node{{Name: "x", Kind: "k"}, {Name: "y", Kind: "k", Unreached: "cordoned", Excused: true}}}
	for i := range l.Results {
		l.Results[i].Node = "x"
	}
	other := l.Results[0]
	other.Node = "z"
	l.Results = append(l.Results, other)
	r := made(g, run)
	g.Expect(r.Lanes[0].Nodes).To(Equal(&Nodes{Coverage: "1 of 2 nodes, 1 of 1 kinds; not reached: y: cordoned", Of: 2, Kinds: 1,
		List: []NodeOf{{Name: "x", Kind: "k"}, {Name: "y", Kind: "k", NotReached: "cordoned"}}}))
	data, err := r.YAML()
	g.Expect(err).NotTo(HaveOccurred())
	back, err := Validate(data)
	g.Expect(err).NotTo(HaveOccurred(), "a claim may be there once for each node")
	g.Expect(back.Lanes[0].Claims[3].Node).To(Equal("z"))
}
