package up

import (
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
)

func TestKindMakesTheNodesThatALaneDeclares(t *testing.T) {
	g := NewWithT(t)
	off := false
	l := lane.Lane{Version: "v1.16.15", Gate: map[lane.Component]bool{lane.Kubelet: true}, Nodes: []lane.Node{{Name: "worker"}, {Name: "worker-off", Kubelet: &off}}}
	cfg, err := kindConfig(l, own("v1.16.15"), "2")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.Nodes).To(HaveLen(3))
	g.Expect(cfg.Nodes[1]).To(Equal(v1alpha4.Node{Role: v1alpha4.WorkerRole, Image: "node:1"}))
	g.Expect(cfg.Nodes[2].KubeadmConfigPatches).To(HaveExactElements(ContainSubstring("feature-gates: PodShareProcessNamespace=false")))

	var names []string
	for _, m := range members(l, "c") {
		names = append(names, m.Declared.Name+"="+m.Node.Name)
	}
	g.Expect(names).To(Equal([]string{"control-plane=c-control-plane", "worker=c-worker", "worker-off=c-worker2"}))
	g.Expect(members(lane.Lane{}, "c")).To(BeEmpty())
}

func TestANodeHasTheImageOfItsRelease(t *testing.T) {
	g := NewWithT(t)
	l := lane.Lane{Version: "v1.17.17", Nodes: []lane.Node{{Name: "worker"}, {Name: "old", Version: "v1.15.12"}, {Name: "old-too", Version: "v1.15.3"}}}
	cfg, err := kindConfig(l, map[string]nodeimage.Image{
		"v1.17.17": {Ref: "new", Mirrors: true}, "v1.15.12": {Ref: "old", Mirrors: true}, "v1.15.3": {Ref: "theirs"},
	}, "2")
	g.Expect(err).NotTo(HaveOccurred())
	var images []string
	for _, n := range cfg.Nodes {
		images = append(images, n.Image)
	}
	g.Expect(images).To(Equal([]string{"new", "new", "old", "theirs"}))
	g.Expect(cfg.ContainerdConfigPatches).To(HaveLen(1), "one of them must be told where mirrors are")
	g.Expect(otherMinors(l.Versions())).To(Equal([]string{"1.17", "1.15"}))
}
