package ours

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/onengine"
)

func TestANameAloneIsNoImageOfOurs(t *testing.T) {
	g := NewWithT(t)
	i := Image{Name: "builder", Tag: "abc"}
	labels := map[string]string{inputsLabel: "builder:abc"}
	g.Expect(i.unlike(onengine.Image{Labels: labels, Architecture: "arm64"}, "arm64")).To(BeEmpty())
	g.Expect(i.unlike(onengine.Image{Labels: labels, Architecture: "amd64"}, "arm64")).To(Equal("it is for amd64, and arm64 is wanted"))
	g.Expect(i.unlike(onengine.Image{Architecture: "arm64"}, "arm64")).To(ContainSubstring("builder:abc"))
}
