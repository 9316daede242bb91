package nodeimage

import (
	"errors"
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

func TestUnknownVersionNamesTheKnownOnes(t *testing.T) {
	g := NewWithT(t)
	_, err := Ensure(t.Context(), Request{Version: "v1.20.0"})
	var unknown *UnknownVersionError
	g.Expect(errors.As(err, &unknown)).To(BeTrue())
	g.Expect(err).To(MatchError(And(ContainSubstring("v1.20.0"), ContainSubstring("from v1.15.0"), ContainSubstring("v1.36.4"), Not(ContainSubstring("\n")))))
}

func TestVersionsAreOrderedAndPinned(t *testing.T) {
	g := NewWithT(t)
	g.Expect(slices.IsSortedFunc(publishedVersions(), kubeversion.Compare)).To(BeTrue())
	digests, err := published()
	g.Expect(err).NotTo(HaveOccurred())
	for v, d := range digests {
		g.Expect(v).To(MatchRegexp(`^v1\.\d+\.\d+$`))
		g.Expect(d).To(MatchRegexp(`^sha256:[0-9a-f]{64}$`), v)
	}
	g.Expect(kubeversion.Compare("v1.9.10", "v1.10.1")).To(BeNumerically("<", 0))
}

func TestDigestChangesWithTheRecipeAlone(t *testing.T) {
	g := NewWithT(t)
	digest := func(change func(*recipe.Recipe)) string {
		r, _, err := recipe.For("v1.16.15")
		g.Expect(err).NotTo(HaveOccurred())
		change(&r)
		inputs, err := inputsOf(r)
		g.Expect(err).NotTo(HaveOccurred())
		return stage.Digest(inputs...)
	}
	same := digest(func(*recipe.Recipe) {})
	g.Expect(digest(func(*recipe.Recipe) {})).To(Equal(same))
	g.Expect(digest(func(r *recipe.Recipe) { r.Node.CgroupDriver = recipe.Systemd })).NotTo(Equal(same))
	g.Expect(digest(func(r *recipe.Recipe) { r.Modules[0].Sum = nil })).NotTo(Equal(same))
	g.Expect(digest(func(r *recipe.Recipe) { r.Node.Overlays = nil })).NotTo(Equal(same))
}

func TestContainerdIsFittedToTheKubelet(t *testing.T) {
	g := NewWithT(t)
	kinds := "SystemdCgroup = true\nSystemdCgroup = true\nrestrict_oom_score_adj = false\n"
	configured := func(driver recipe.CgroupDriver, text string) (string, error) {
		tree := &rootfs.Tree{}
		tree.Put(containerdConfig, rootfs.Entry{Data: []byte(text)})
		err := configureContainerd(tree, driver)
		data, _ := tree.Data(containerdConfig)
		return string(data), err
	}
	text, err := configured(recipe.Cgroupfs, kinds)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(text).To(HavePrefix("SystemdCgroup = false\nSystemdCgroup = false\nrestrict_oom_score_adj = true\n"))
	g.Expect(text).To(ContainSubstring(`config_path = "/etc/containerd/certs.d"`))
	text, err = configured(recipe.Systemd, kinds)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(text).To(HavePrefix("SystemdCgroup = true\n"))
	_, err = configured(recipe.Cgroupfs, "")
	g.Expect(err).To(MatchError(ContainSubstring("SystemdCgroup = true")))
}

func TestImagesAreNamedAsKubeadmAsks(t *testing.T) {
	g := NewWithT(t)
	asked := askedImages{"k8s.gcr.io/etcd:3.3.15-0", "registry.k8s.io/coredns/coredns:v1.14.6"}
	g.Expect(asked.named("etcd")).To(Equal("k8s.gcr.io/etcd:3.3.15-0"))
	g.Expect(asked.named("coredns")).To(Equal("registry.k8s.io/coredns/coredns:v1.14.6"))
	_, err := asked.named("pause")
	g.Expect(err).To(MatchError(ContainSubstring("pause")))
}
