package alter

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestChangesByOtherMeansAreJoined(t *testing.T) {
	g := NewWithT(t)
	admits := Change{Admit: ".", Of: []string{"jobs"}}
	both, ok := admits.Join(Change{Config: ".", Helper: "pause"})
	g.Expect(ok).To(BeTrue())
	g.Expect(both).To(Equal(Change{Admit: ".", Of: []string{"jobs"}, Config: ".", Helper: "pause"}))
	_, ok = Change{Config: "."}.Join(Change{Process: "."})
	g.Expect(ok).To(BeFalse(), "one runtime is before the node's own")
	_, ok = Change{Config: ".", At: "worker"}.Join(Change{Admit: "."})
	g.Expect(ok).To(BeFalse(), "they are of different nodes")
	_, ok = Change{Serve: &Serve{SPDY: isRefused}}.Join(Change{Credentials: &Credentials{Alone: true}})
	g.Expect(ok).To(BeFalse(), "the proxy has its own credentials")
}

func TestAdmissionIsAChain(t *testing.T) {
	g := NewWithT(t)
	const object = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}`
	first := Change{Admit: ".a = 1", Config: "."}
	both, ok := first.Join(Change{Admit: `.b = "\(.a)"`, Refuse: `if .no then "no" else null end`, Code: 400, Apply: object})
	g.Expect(ok).To(BeTrue())
	g.Expect(both).To(Equal(Change{
		Admit: `(.a = 1) | (.b = "\(.a)")`, Refuse: `if .no then "no" else null end`, Code: 400, Config: ".", Apply: object,
	}))
	admit, err := Parse(both.Admit)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(admit.Of(map[string]any{}, Asked{})).To(Equal(map[string]any{"a": 1, "b": "1"}))

	refuses := func(field string) Change {
		return Change{Refuse: "if ." + field + " then \"" + field + "\" else null end"}
	}
	both, ok = refuses("a").Join(refuses("b"))
	g.Expect(ok).To(BeTrue())
	refuse, err := Parse(both.Refuse)
	g.Expect(err).NotTo(HaveOccurred())
	for _, field := range []string{"a", "b"} {
		g.Expect(refuse.Of(map[string]any{field: true}, Asked{})).To(Equal(field))
	}
	g.Expect(refuse.Of(map[string]any{}, Asked{})).To(BeNil())

	_, ok = first.Join(Change{Admit: ".", Of: []string{"jobs"}})
	g.Expect(ok).To(BeFalse(), "they see other objects")
	_, ok = refuses("a").Join(Change{Refuse: "null", Code: 400})
	g.Expect(ok).To(BeFalse(), "they refuse by other codes")
	_, ok = first.Join(Change{Admit: ".", Config: "."})
	g.Expect(ok).To(BeFalse(), "the rest uses the same means")
}

func TestObjectsAndWhatNamespacesAreGivenAreJoined(t *testing.T) {
	g := NewWithT(t)
	const object = `{apiVersion: v1, kind: Namespace, metadata: {name: a}}`
	both, ok := Change{Apply: object}.Join(Change{EachNamespace: object})
	g.Expect(ok).To(BeTrue())
	g.Expect(both).To(Equal(Change{Apply: object, EachNamespace: object}))
	_, ok = both.Join(Change{Apply: object})
	g.Expect(ok).To(BeFalse())
}
