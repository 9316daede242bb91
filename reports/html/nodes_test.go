package html

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestAPageHasAColumnANode(t *testing.T) {
	g := NewWithT(t)
	result := func(node string, v reports.Verdict) reports.Result {
		return reports.Result{Node: node, Kubelet: "v1.30.1", Claim: "visible", Title: "t", Group: "visibility", Kind: reports.Conformance, Verdict: v, Failure: "PID 7 is there"}
	}
	run := reports.Run{SuiteVersion: "v1", Lanes: []reports.Lane{{
		Name: "prod", Version: "v1.30.1", Expect: "shared",
		Nodes:   &reports.Nodes{Of: 2, Kinds: 1, List: []reports.Node{{Name: "w-1", Kubelet: "v1.30.1", Kind: "k", Expect: "shared"}, {Name: "w-2", Kubelet: "v1.30.1", Kind: "k", Expect: "shared"}}},
		Results: []reports.Result{result("w-1", reports.Holds), result("w-2", reports.Contradicted)},
	}}}
	var out bytes.Buffer
	g.Expect(Render(&out, run, nil, nil)).To(Succeed())
	g.Expect(out.String()).To(And(
		ContainSubstring(`data-lane="prod w-2"`), ContainSubstring(`id="visible.prod-w-2"`), ContainSubstring("node w-2 (kubelet v1.30.1), shared"),
		ContainSubstring("w-2 (kubelet v1.30.1): visible: PID 7 is there"), ContainSubstring("2 of 2 nodes, 1 of 1 kinds; contradicted: w-2 (kubelet v1.30.1)"),
	))
}
