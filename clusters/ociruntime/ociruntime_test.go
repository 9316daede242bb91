package ociruntime

import (
	"io/fs"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
)

func TestAllRuntimesParseAndHaveFiles(t *testing.T) {
	g := NewWithT(t)
	for _, name := range lane.RuntimeClasses {
		r, err := For(name)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Name).To(Equal(name))
		g.Expect(fs.Stat(files, "files/"+r.Program)).NotTo(BeNil())
		g.Expect(Programs()).To(ContainElement(r.Program))
	}
}

func TestContainerdsTakeThePlaceOfTheNodesOwn(t *testing.T) {
	g := NewWithT(t)
	for _, suite := range lane.Containerds {
		r, err := For(ContainerdOf(suite))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Root.Suite).To(Equal(suite))
		g.Expect(r.Instead).NotTo(BeEmpty())
		g.Expect(r.Keep).To(ContainElements(r.Instead))
	}
}

func TestANameSaysTheVersion(t *testing.T) {
	g := NewWithT(t)
	sid, err := For("runc-sid")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(sid.Root.Suite).To(Equal("sid"))
	g.Expect(sid.Module).To(BeNil())
	old, err := For("runc-v1.0.2")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(old.Root).To(BeNil())
	g.Expect(old.Module.Version).To(Equal("v1.0.2"))
	g.Expect(old.Patch()).To(ContainSubstring(`runtimes."runc-v1-0-2".options]`))
	_, err = For("runc")
	g.Expect(err).To(MatchError(ContainSubstring("suite is missing")), "runc alone is the node's own")
}

func TestUnknownRuntimeNamesThoseThereAre(t *testing.T) {
	_, err := For("kata")
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`there is no runtime "kata"; there are: containerd, crun, runc, runsc`)))
}

func TestPatchAddsTheHandler(t *testing.T) {
	g := NewWithT(t)
	r, err := For("runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Patch()).To(Equal(`[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes."runsc"]
  runtime_type = "io.containerd.runsc.v1"
  runtime_path = "/opt/gateproof/runtime/bin/containerd-shim-runsc-v1"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes."runsc".options]
  ConfigPath = "/opt/gateproof/runtime/runsc.toml"
  TypeUrl = "io.containerd.runsc.v1.options"
`))
}

func TestChangesAreSaid(t *testing.T) {
	g := NewWithT(t)
	r, err := For("runsc")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Changes()).To(ConsistOf(ContainSubstring("may not lower oom_score_adj")))
	r, err = For("crun-bookworm")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Changes()).To(ConsistOf(ContainSubstring("OCI's format 1.0.2")))
	r, err = For("crun-sid")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Changes()).To(BeEmpty())
}

func TestIncompleteRuntimesAreRefused(t *testing.T) {
	g := NewWithT(t)
	r, err := For("crun")
	g.Expect(err).NotTo(HaveOccurred())
	r.Containerd.Type = ""
	g.Expect(r.validate()).To(MatchError(ContainSubstring("runtime_type is missing")))
}
