package lab

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/fixtures"
)

func TestAPodIsMadeForTheBenchsNode(t *testing.T) {
	g := NewWithT(t)
	all := &Bench{RunID: "abc", Gates: map[lane.Component]string{lane.APIServer: "true", lane.Kubelet: "true"}}
	b := all.On(Spot{Node: "worker-2", Gate: "false"})
	_, sent, err := b.podOf(fixtures.PageManifest)
	g.Expect(err).NotTo(HaveOccurred())
	var want corev1.PodSpec
	bindTo(&want, "worker-2")
	g.Expect(sent.Spec.Affinity).To(Equal(want.Affinity))
	g.Expect(sent.Spec.NodeName).To(BeEmpty(), "the scheduler decides")
	g.Expect(withoutField(sent).Spec.Affinity).To(Equal(want.Affinity), "its twin is made for the same node")
	g.Expect(b.podOfAllImages().Spec.Affinity).To(Equal(want.Affinity))
	g.Expect(b.Gates).To(Equal(map[lane.Component]string{lane.APIServer: "true", lane.Kubelet: "false"}))
	g.Expect(all.Gates[lane.Kubelet]).To(Equal("true"))

	for _, o := range fittedTemplates(g, b) {
		pod, err := o.podTemplate()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(pod.Spec.Affinity).To(Equal(want.Affinity), "%s", o)
	}
}

func TestEachNodeHasSharedPodsOfItsOwn(t *testing.T) {
	g := NewWithT(t)
	b := &Bench{RunID: "abc"}
	long := strings.Repeat("ip-10-0-0-1.", 20) + "internal"
	names := []string{b.sharedName("visible-to-all.yaml"), b.On(Spot{Node: "a"}).sharedName("visible-to-all.yaml"), b.On(Spot{Node: long}).sharedName("visible-to-all.yaml")}
	g.Expect(names[0]).To(Equal("gateproof-abc-visible-to-all"))
	g.Expect(names[1]).NotTo(BeElementOf(names[0], names[2]))
	for _, name := range names {
		g.Expect(validation.IsDNS1123Label(name)).To(BeEmpty())
	}
}
