package nodes

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
)

func TestNodesAreAskedForInFourWays(t *testing.T) {
	g := NewWithT(t)
	for text, want := range map[string]Choice{
		"":          {Asked: EachKind},
		"each-kind": {Asked: EachKind},
		" all ":     {Asked: All},
		"any":       {Asked: Any},
		"a,b.c":     {Asked: "a,b.c", Names: []string{"a", "b.c"}},
	} {
		g.Expect(ParseChoice(text)).To(Equal(want), text)
	}
	for _, text := range []string{"pool=fast", "!spot", "zone in (a,b)", "pool==fast,zone!=a"} {
		c, err := ParseChoice(text)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(c.Selector).NotTo(BeNil(), text)
		g.Expect(c.Names).To(BeNil(), text)
	}
}

func TestWhatFitsNoNodeIsRefused(t *testing.T) {
	g := NewWithT(t)
	for text, words := range map[string]string{"a,": "allowed: each-kind", "all,a": "allowed: each-kind", "a,a": "twice", "pool in": "no label selector"} {
		_, err := ParseChoice(text)
		g.Expect(err).To(MatchError(ContainSubstring(words)), text)
		g.Expect(err).To(MatchError(input.Err), text)
	}
}
