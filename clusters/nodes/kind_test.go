package nodes

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestAKindsLineOutlivesAnUpgrade(t *testing.T) {
	g := NewWithT(t)
	for runtime, want := range map[string]string{"containerd://1.7.24": "containerd", "cri-o://1.30.0": "cri-o", "docker://20.10": "docker", "": "unknown"} {
		g.Expect(Kind{Runtime: runtime, Arch: "amd64", OS: "Debian GNU/Linux 12 (bookworm)"}.Line()).To(Equal(want + ", amd64, Debian GNU/Linux"))
	}
	g.Expect(Kind{Runtime: "containerd://2.0.0", Arch: "arm64", OS: "Bottlerocket OS 1.20.0", Classes: []string{"kata"}}.Line()).
		To(Equal("containerd, arm64, Bottlerocket OS, kata"))
}
