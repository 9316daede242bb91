package lab

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestNamespacesOptOutOfInjection(t *testing.T) {
	g := NewWithT(t)
	m := (&Bench{RunID: "r1"}).namespaceMeta("baseline")
	g.Expect(m.Labels).To(And(
		HaveKeyWithValue("gateproof.run", "r1"), HaveKeyWithValue("pod-security.kubernetes.io/enforce", "baseline"),
		HaveKeyWithValue("istio-injection", "disabled"), HaveKeyWithValue("kuma.io/sidecar-injection", "disabled"),
		Not(HaveKey("linkerd.io/inject"))))
	g.Expect(m.Annotations).To(And(HaveKeyWithValue("linkerd.io/inject", "disabled"), HaveKeyWithValue("kuma.io/sidecar-injection", "disabled"), HaveLen(2)))
	for _, o := range optOuts {
		g.Expect(o.source).NotTo(BeEmpty(), o.key)
	}
}

func TestUnlike(t *testing.T) {
	g := NewWithT(t)
	g.Expect(unlike("label", map[string]string{"a": "1", "b": "2", "c": "3"}, map[string]string{"a": "1", "b": "x", "more": "y"})).
		To(Equal([]string{`label b=2 has become "x"`, "label c=3 is gone"}))
}
