package settings

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/e2e/claim"
)

// of are the places by node, with a mark on the one that is home.
func of(places []Place) (out []string) {
	for _, p := range places {
		name := p.Node
		if p.Home {
			name += "*"
		}
		out = append(out, name)
	}
	return out
}

func TestALaneIsOnePlaceUnlessItDeclaresNodes(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Settings{}.Places(lane.Lane{Name: "on"})).To(Equal([]Place{{Lane: lane.Lane{Name: "on"}, Home: true}}))
	all, err := lane.Select("mixed-gates")
	g.Expect(err).NotTo(HaveOccurred())
	places := Settings{}.Places(all[0])
	g.Expect(of(places)).To(Equal([]string{"control-plane*", "worker", "worker-off"}))
	g.Expect(places[1].Lane.Expect.Processes).To(Equal(lane.Shared))
	g.Expect(places[2].Lane.Expect.Processes).To(Equal(lane.Isolated))
}

func TestAnExistingClusterIsProvedOnTheNodesThatPodsCanComeTo(t *testing.T) {
	g := NewWithT(t)
	s := Settings{Existing: &existing.Cluster{}, Plan: nodes.Plan{Asked: nodes.All, All: 3, Nodes: []nodes.Node{{Name: "a"}, {Name: "b"}, {Name: "c", Unreached: &nodes.Unreached{Why: "cordoned"}}}}}
	g.Expect(of(s.Places(lane.Lane{}))).To(Equal([]string{"a*", "b"}))
	s.Plan.Nodes = s.Plan.Nodes[2:]
	s.Plan.Named = true
	g.Expect(of(s.Places(lane.Lane{}))).To(Equal([]string{"*"}), "no node is left, and the main job has ended the run")
	s.Plan = nodes.Plan{Asked: nodes.EachKind, All: 2, Nodes: []nodes.Node{{Name: "a"}}}
	g.Expect(of(s.Places(lane.Lane{}))).To(Equal([]string{"*"}), "one kind of node is one place")
}

func TestWhatOneNodeIsEnoughForIsProvedAtHome(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Place{Home: true}.Has(claim.Claim{Nodes: claim.OneNode})).To(BeTrue())
	g.Expect(Place{}.Has(claim.Claim{Nodes: claim.OneNode})).To(BeFalse())
	g.Expect(Place{}.Has(claim.Claim{Nodes: claim.EachNode})).To(BeTrue())
}

func TestThePlanIsHandedOn(t *testing.T) {
	g := NewWithT(t)
	t.Setenv(NodesPlanEnv, "")
	want := nodes.Plan{Asked: nodes.All, All: 1, Kinds: 1, Nodes: []nodes.Node{{Name: "a"}}}
	g.Expect(SavePlan(filepath.Join(t.TempDir(), "nodes"), want)).To(Succeed())
	t.Setenv(KubeconfigEnv, "/some/file")
	t.Setenv(ExpectEnv, "shared")
	t.Setenv(NodesEnv, "all")
	s, err := FromEnv()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(s.Plan).To(Equal(want))
	g.Expect(s.Planned()).To(Succeed())
	s.Plan = nodes.Plan{}
	g.Expect(s.Planned()).To(MatchError(input.Err))
}
