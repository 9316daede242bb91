package corpus

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
)

func TestASeedRepeatsASample(t *testing.T) {
	g := NewWithT(t)
	all := []string{"a", "b", "c", "d", "e", "f"}
	same := func(s string) string { return s }
	var said bytes.Buffer
	first := Of(Sample{N: 3, Seed: 7}, all, same, &said)
	g.Expect(first).To(HaveLen(3))
	g.Expect(said.String()).To(HavePrefix("sample of 3 of 6, SEED=7: " + first[0] + ", "))
	g.Expect(Of(Sample{N: 3, Seed: 7}, all, same, &said)).To(Equal(first))
	g.Expect(Of(Sample{N: 9}, all, same, &said)).To(Equal(all), "in their order")
	said.Reset()
	g.Expect(Of(Sample{}, all, same, &said)).To(Equal(all))
	g.Expect(said.String()).To(BeEmpty())
}

func TestSamplesAreReadFromTheEnvironment(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("SAMPLE", "3")
	t.Setenv("SEED", "42")
	g.Expect(SampleFromEnv()).To(Equal(Sample{N: 3, Seed: 42}))
	t.Setenv("SAMPLE", "3x")
	_, err := SampleFromEnv()
	g.Expect(err).To(MatchError("SAMPLE=3x: not a number"))
}

func TestARunsEnvironment(t *testing.T) {
	g := NewWithT(t)
	for _, name := range callers {
		t.Setenv(name, "the-callers")
	}
	lanes, err := lane.Select("on")
	g.Expect(err).NotTo(HaveOccurred())
	env := Run{Lanes: lanes, Claims: []string{"a", "b"}, Without: []string{"c"}, Look: true}.env("/d")
	g.Expect(env).NotTo(ContainElement(ContainSubstring("the-callers")))
	g.Expect(env).To(ContainElements("LABEL_FILTER=(claim:a || claim:b) && !claim:c", "LANES=on", "LOOK=yes"))
	env = Run{Lanes: lanes, Of: map[string][]string{"on": {"a", "b"}}, Leaves: true, Timeouts: "PodReady=40s"}.env("/d")
	g.Expect(env).To(ContainElements("LABEL_FILTER=(lane:on && (claim:a || claim:b) || !lane:on)", "TIMEOUTS=PodReady=40s,NamespaceGone=0s"))
	env = Run{Lanes: lanes, Of: map[string][]string{"on": {"a"}}, Claims: []string{"b"}}.env("/d")
	g.Expect(env).To(ContainElement("LABEL_FILTER=(lane:on && (claim:a) || !lane:on && (claim:b))"))
	env = Run{Lanes: lanes, Kubeconfig: "/k"}.env("/d")
	g.Expect(env).To(ContainElements("KUBECONFIG=/k", "EXPECT=shared", "FIELD=kept", "CLUSTER=on"))
	g.Expect(env).NotTo(ContainElement(HavePrefix("LANES=")))
}

func TestClaimsAreKnown(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Known(ClaimIDs()...)).To(Succeed())
	g.Expect(Known("page-manifest-runs", "nothing")).To(MatchError(`there is no claim "nothing"`))
}

func TestLanesThatAreForSomeClaimsAloneAreAskedForThese(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Quick([]lane.Lane{{Name: "on"}})).To(Equal(WalkThrough()))
	g.Expect(Quick([]lane.Lane{{Name: "ratchet", Claims: []string{"gate-ratchet"}}})).To(ContainElement("gate-ratchet"))
}
