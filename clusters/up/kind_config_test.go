package up

import (
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
)

func own(version string) map[string]nodeimage.Image {
	return map[string]nodeimage.Image{version: {Ref: "node:1", Mirrors: true}}
}

func foreign(version string) map[string]nodeimage.Image {
	return map[string]nodeimage.Image{version: {Ref: "node:1"}}
}

func TestKindConfigOfAUniformLane(t *testing.T) {
	g := NewWithT(t)
	gate := map[lane.Component]bool{}
	for _, c := range lane.Components {
		gate[c] = false
	}
	cfg, err := kindConfig(lane.Lane{Version: "v1.16.15", Gate: gate}, own("v1.16.15"), "1")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.FeatureGates).To(Equal(map[string]bool{lane.Gate: false}))
	g.Expect(cfg.KubeadmConfigPatches).To(HaveExactElements(promptControllers, patienceBefore))
	g.Expect(cfg.ContainerdConfigPatches).To(BeEmpty())
	g.Expect(cfg.Nodes).To(HaveLen(1))
	g.Expect(cfg.Nodes[0].Image).To(Equal("node:1"))
}

func TestKindConfigNamesOtherGates(t *testing.T) {
	g := NewWithT(t)
	features := map[string]bool{"ContainerStopSignals": true}
	cfg, err := kindConfig(lane.Lane{Version: "v1.37.0", Features: features}, own("v1.37.0"), "2")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.FeatureGates).To(Equal(features))
}

func TestKindConfigNamesTheGateForSingleComponents(t *testing.T) {
	g := NewWithT(t)
	cfg, err := kindConfig(lane.Lane{Version: "v1.16.15", Gate: map[lane.Component]bool{lane.APIServer: true, lane.Kubelet: false}}, foreign("v1.16.15"), "2")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.FeatureGates).To(BeEmpty())
	patches := strings.Join(cfg.KubeadmConfigPatches, "---\n")
	g.Expect(patches).To(ContainSubstring("feature-gates: PodShareProcessNamespace=true"))
	g.Expect(patches).To(ContainSubstring("kind: KubeletConfiguration"))
	g.Expect(patches).NotTo(ContainSubstring("scheduler"))
	g.Expect(cfg.ContainerdConfigPatches).To(HaveLen(1), "a foreign node image must be told where mirrors are")

	none, err := kindConfig(lane.Lane{}, foreign(""), "2")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(none.KubeadmConfigPatches).To(BeEmpty(), "a foreign node's CNI may want a range")
}

func TestKindConfigHasTheKubeletAskDocker(t *testing.T) {
	g := NewWithT(t)
	cfg, err := kindConfig(lane.Lane{Version: "v1.16.15", ContainerRuntime: lane.Docker}, own("v1.16.15"), "1")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cfg.KubeadmConfigPatches).To(ContainElement(dockershim.KubeadmPatch))
}

// The field moved with kubeadm's configuration, and the earliest did not have it.
func TestKindConfigHasKubeadmWait(t *testing.T) {
	for version, patch := range map[string][]string{"v1.12.10": nil, "v1.15.12": {patienceBefore}, "v1.34.4": {patienceBefore}, "v1.37.0": {patience}} {
		g := NewWithT(t)
		cfg, err := kindConfig(lane.Lane{Version: version}, foreign(version), "2")
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(cfg.KubeadmConfigPatches).To(Equal(patch), version)
	}
}

// Kubelets from 1.35 on refuse cgroup v1 unless they are told; earlier ones may not know the setting.
func TestKindConfigAllowsCgroup1WhereTheHostHasIt(t *testing.T) {
	g := NewWithT(t)
	for _, c := range []struct {
		version, cgroup string
		allowed         bool
	}{{"v1.37.0", "1", true}, {"v1.37.0", "2", false}, {"v1.34.4", "1", false}} {
		cfg, err := kindConfig(lane.Lane{Version: c.version}, foreign(c.version), c.cgroup)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(slices.Contains(cfg.KubeadmConfigPatches, allowCgroup1)).To(Equal(c.allowed), "%+v", c)
	}
}
