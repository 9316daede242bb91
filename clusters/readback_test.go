package clusters

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
)

func TestParseCommandLines(t *testing.T) {
	g := NewWithT(t)
	procs := parseCommandLines("\x011\n/sbin/init\x00\x0142\nkube-apiserver\x00--feature-gates=A=true,PodShareProcessNamespace=false\x00--v\x002\x00\x0177\n\x0199\n/usr/bin/kubelet\x00--config\x00/var/lib/kubelet/config.yaml\x00")
	g.Expect(procs).To(HaveKey("init"))
	g.Expect(procs).NotTo(HaveKey(""))
	api := procs["kube-apiserver"]
	g.Expect(gateInFlag(api.flag("feature-gates"))).To(Equal("false"))
	g.Expect(api.flag("v")).To(Equal("2"))
	g.Expect(api.flag("absent")).To(BeEmpty())
	g.Expect(procs).To(HaveKey("kubelet"))
	g.Expect(procs["kubelet"].alike).To(BeZero())
	procs = parseCommandLines("\x0142\nkube-apiserver\x00--old\x00\x0143\nkube-apiserver\x00--new\x00")
	g.Expect(procs["kube-apiserver"]).To(Equal(process{pid: "43", argv: []string{"kube-apiserver", "--new"}, alike: 1}))
}

func TestGateInConfig(t *testing.T) {
	for text, want := range map[string]string{
		"featureGates:\n  PodShareProcessNamespace: true\n":   "true",
		`{"featureGates":{"PodShareProcessNamespace":false}}`: "false",
		"featureGates:\n  Other: true\n":                      NotNamed,
		"kind: KubeletConfiguration\n":                        NotNamed,
	} {
		g := NewWithT(t)
		got, err := gateInConfig([]byte(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(got).To(Equal(want), text)
	}
	g := NewWithT(t)
	_, err := gateInConfig([]byte("featureGates: [1]"))
	g.Expect(err).To(HaveOccurred())
}

func TestCompareGates(t *testing.T) {
	g := NewWithT(t)
	c := Cluster{
		Lane:  lane.Lane{Name: "on", File: "on.yaml", Gate: map[lane.Component]bool{lane.Kubelet: true}},
		Gates: map[lane.Component]string{lane.APIServer: NotNamed, lane.ControllerManager: NotNamed, lane.Scheduler: NotNamed, lane.Kubelet: "false", lane.Proxy: NotNamed},
	}
	g.Expect(c.compareGates()).To(MatchError("kubelet runs with PodShareProcessNamespace false, the lane (on.yaml) declares true"))
	c.Gates[lane.Kubelet] = "true"
	g.Expect(c.compareGates()).To(Succeed())
}
