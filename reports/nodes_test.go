package reports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// threeNodes is a run on a cluster of four nodes, three of one kind: one breaks a promise, one was not to be reached.
func threeNodes() reports.Run {
	result := func(node, claim string, v reports.Verdict) reports.Result {
		r := reports.Result{Node: node, Kubelet: "v1.16.15", Claim: claim, Title: "what is claimed", Group: "visibility", Kind: reports.Conformance, Verdict: v}
		if v == reports.Contradicted {
			r.Failure = "Expected no other process: PID 7 is there"
		}
		return r
	}
	node := func(name, kind, why string, excused bool) reports.Node {
		return reports.Node{Name: name, Kubelet: "v1.16.15", Kind: kind, Line: "containerd, amd64", Expect: "shared", Unreached: why, Excused: excused}
	}
	return reports.Run{SuiteVersion: "v1", Lanes: []reports.Lane{{
		Name: "prod", Version: "v1.16.15", Expect: "shared",
		Nodes: &reports.Nodes{Of: 4, Kinds: 2, List: []reports.Node{
			node("worker-1", "a", "", false), node("worker-2", "a", "", false), node("worker-3", "a", "NotReady: Kubelet stopped posting node status.", false), node("edge", "b", "cordoned", true),
		}, Left: []reports.LeftOut{{Name: "win", Why: "it runs Windows"}}},
		Results: []reports.Result{
			result("worker-1", "api-once", reports.Holds), result("worker-1", "visible-to-all", reports.Holds), result("worker-2", "visible-to-all", reports.Contradicted),
		},
	}}}
}

func TestAHeadlineBeginsWithTheNode(t *testing.T) {
	g := NewWithT(t)
	run := threeNodes()
	g.Expect(reports.Headline(run.Lanes[0].Results[2])).To(HavePrefix("worker-2 (kubelet v1.16.15): visible-to-all: Expected no other process"))
	r := run.Lanes[0].Results[2]
	r.Node, r.Kubelet = "", ""
	g.Expect(reports.Headline(r)).To(HavePrefix("visible-to-all: "), "a lane that is one place has no nodes to name")
}

func TestCoverageIsSaidInWords(t *testing.T) {
	g := NewWithT(t)
	run := threeNodes()
	g.Expect(run.Lanes[0].Coverage()).To(Equal("2 of 4 nodes, 1 of 2 kinds; contradicted: worker-2 (kubelet v1.16.15); " +
		"not reached: worker-3 (kubelet v1.16.15): NotReady: Kubelet stopped posting node status., edge (kubelet v1.16.15): cordoned; left out: win: it runs Windows"))
	g.Expect(reports.Lane{}.Coverage()).To(BeEmpty())
}

func TestANodeThatIsNotReachedKeepsARunFromAVerdictUnlessItIsExcused(t *testing.T) {
	g := NewWithT(t)
	run := threeNodes()
	run.Lanes[0].Results = run.Lanes[0].Results[:2]
	g.Expect(run.ExitCode()).To(Equal(reports.ExitNoVerdict))
	g.Expect(run.Troubles()).To(HaveExactElements(reports.Problem{Step: "lane prod: reach the nodes", Message: "worker-3 (kubelet v1.16.15): not reached: NotReady: Kubelet stopped posting node status."}))
	g.Expect(run.Warnings()).To(HaveLen(1))
	run.Lanes[0].Nodes.List = append(run.Lanes[0].Nodes.List[:2:2], run.Lanes[0].Nodes.List[3])
	g.Expect(run.ExitCode()).To(Equal(reports.ExitHolds), "nobody expects pods on a node that is cordoned")
	g.Expect(run.Warnings()).To(HaveLen(1))
}

func TestATableHasAColumnANode(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	g.Expect(reports.Summary(&out, threeNodes(), nil, false)).To(Succeed())
	g.Expect(out.String()).To(ContainSubstring(strings.Join([]string{
		"                  prod worker-1  prod worker-2",
		"                  v1.16.15       v1.16.15",
		"                  shared         shared",
		"visibility",
		"  api-once        holds          -",
		"  visible-to-all  holds          FAIL",
	}, "\n")))
	g.Expect(out.String()).To(And(ContainSubstring("  prod  worker-2 (kubelet v1.16.15): visible-to-all: "), ContainSubstring("\nNodes\n  prod: 2 of 4 nodes")))

	out.Reset()
	g.Expect(reports.Markdown(&out, threeNodes())).To(Succeed())
	g.Expect(out.String()).To(And(ContainSubstring("**prod visible-to-all**: worker-2 (kubelet v1.16.15): Expected"), ContainSubstring("| prod worker-1 v1.16.15 | prod worker-2 v1.16.15 |")))
}

func TestATableSaysWhatRunsThePodsWhereNodesDifferInThat(t *testing.T) {
	g := NewWithT(t)
	run := threeNodes()
	run.Lanes[0].Nodes.List[0].Runtime, run.Lanes[0].Nodes.List[1].Runtime = "runc 1.4.3", "crun 1.21"
	var out bytes.Buffer
	g.Expect(reports.Summary(&out, run, nil, false)).To(Succeed())
	g.Expect(out.String()).To(ContainSubstring(strings.Join([]string{
		"                  v1.16.15       v1.16.15",
		"                  runc 1.4.3     crun 1.21",
		"                  shared         shared",
	}, "\n")))
}

func TestAClaimHasAResultOnEachNode(t *testing.T) {
	g := NewWithT(t)
	spec := func(node string, state types.SpecState) types.SpecReport {
		return types.SpecReport{LeafNodeType: types.NodeTypeIt, LeafNodeText: "hup: what is claimed", State: state,
			ContainerHierarchyLabels: [][]string{{"lane:prod"}, {"node:" + node}}, LeafNodeLabels: []string{"claim:hup", "group:signals"}}
	}
	lanes := threeNodes().Lanes
	preview := types.Report{SpecReports: types.SpecReports{spec("worker-2", 0), spec("worker-1", 0)}}
	run := reports.FromGinkgo(types.Report{SuiteSucceeded: true, SpecReports: types.SpecReports{spec("worker-2", types.SpecStatePassed)}}, reports.Plan(preview, lanes))
	g.Expect(run.Infrastructure).To(BeEmpty())
	g.Expect(run.Lanes[0].Results).To(HaveExactElements(
		And(HaveField("Node", "worker-1"), HaveField("Verdict", reports.NotRun)),
		And(HaveField("Node", "worker-2"), HaveField("Kubelet", "v1.16.15"), HaveField("Verdict", reports.Holds))))
}

func TestManyNodesAreShownByKind(t *testing.T) {
	g := NewWithT(t)
	run := threeNodes()
	l := &run.Lanes[0]
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		l.Nodes.List = append(l.Nodes.List, reports.Node{Name: name, Line: "cri-o, arm64"})
		l.Results = append(l.Results, reports.Result{Node: name, Claim: "visible-to-all", Group: "visibility", Verdict: reports.Holds})
	}
	var names []string
	for _, c := range reports.Columns(run.Lanes) {
		names = append(names, c.Name)
	}
	g.Expect(names).To(Equal([]string{"prod (containerd, amd64)", "prod (cri-o, arm64)"}))
	worst, _ := reports.Columns(run.Lanes)[0].Result("visible-to-all")
	g.Expect(worst.Verdict).To(Equal(reports.Contradicted), "the worst of its nodes")
}

func TestJUnitNamesTheNode(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	run := threeNodes()
	g.Expect(reports.WriteJUnit(dir, run)).To(Succeed())
	data, err := os.ReadFile(filepath.Join(dir, reports.JUnitFile(run.Lanes[0])))
	g.Expect(err).NotTo(HaveOccurred())
	text := string(data)
	g.Expect(text).To(And(
		ContainSubstring(`classname="gateproof.prod.worker-2.visibility"`),
		ContainSubstring(`<property name="node" value="worker-2">`), ContainSubstring(`<property name="node-kind" value="a">`),
		ContainSubstring(`<failure message="worker-2 (kubelet v1.16.15): visible-to-all: `),
		ContainSubstring(`<testcase name="Node" classname="gateproof.prod.worker-3.infrastructure"`),
		ContainSubstring(`<error message="worker-3 (kubelet v1.16.15): not reached: NotReady`),
		ContainSubstring(`<skipped message="edge (kubelet v1.16.15): not reached: cordoned"`),
		ContainSubstring(`<property name="nodes" value="2 of 4 nodes, 1 of 2 kinds; `),
	))
}

func TestMetricsTellNodesApart(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	g.Expect(reports.Metrics(&out, threeNodes())).To(Succeed())
	g.Expect(out.String()).To(ContainSubstring(`gateproof_claim_passed{lane="prod",claim="visible-to-all",group="visibility",kind="conformance",node="worker-2"} 0`))
}
