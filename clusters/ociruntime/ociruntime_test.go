package ociruntime

import (
	"io/fs"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
)

func TestAllRuntimesParseAndHaveFiles(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Names()).To(ConsistOf(lane.RuntimeClasses))
	for _, name := range Names() {
		r, err := For(name)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Name).To(Equal(name))
		g.Expect(fs.Stat(files, "files/"+name)).NotTo(BeNil())
	}
}

func TestUnknownRuntimeNamesThoseThereAre(t *testing.T) {
	_, err := For("kata")
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`there is no runtime "kata"; there are: crun, runsc`)))
}

func TestPatchAddsTheHandler(t *testing.T) {
	g := NewWithT(t)
	r, err := For("runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Patch()).To(Equal(`[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runsc]
  runtime_type = "io.containerd.runsc.v1"
  runtime_path = "/opt/gateproof/runtime/bin/containerd-shim-runsc-v1"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runsc.options]
  ConfigPath = "/opt/gateproof/runtime/runsc.toml"
  TypeUrl = "io.containerd.runsc.v1.options"
`))
}

func TestChangesAreSaid(t *testing.T) {
	g := NewWithT(t)
	r, err := For("runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Changes()).To(ConsistOf(ContainSubstring("may not lower oom_score_adj")))
}

func TestIncompleteRuntimesAreRefused(t *testing.T) {
	g := NewWithT(t)
	r, err := For("crun")
	g.Expect(err).NotTo(HaveOccurred())
	r.Containerd.Type = ""
	g.Expect(r.validate()).To(MatchError(ContainSubstring("runtime_type is missing")))
}
