package debroot

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
)

func TestFormatIsInEveryDigestOfARoot(t *testing.T) {
	g := NewWithT(t)
	was := format
	defer func() { format = was }()
	recipe := struct{ Roots map[string]Root }{map[string]Root{"node": {Suite: "bookworm", Variant: extract, Include: []string{"a"}}}}
	one := stage.Digest(recipe)
	g.Expect(stage.Digest(recipe)).To(Equal(one))
	format = []any{2, was}
	g.Expect(stage.Digest(recipe)).NotTo(Equal(one))
	format = was
	recipe.Roots["node"] = Root{Suite: "bookworm", Variant: extract, Include: []string{"b"}}
	g.Expect(stage.Digest(recipe)).NotTo(Equal(one))
}
