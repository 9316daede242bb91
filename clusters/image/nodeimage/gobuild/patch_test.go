package gobuild

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestPatchFitsOnce(t *testing.T) {
	g := NewWithT(t)
	p := Patch{Module: "m", File: "f.go", From: "== x {", To: "== y {", Why: "y"}
	g.Expect(p.validate()).To(Succeed())
	g.Expect(p.apply("if a == x {")).To(Equal("if a == y {"))
	_, err := p.apply("if a == x { if b == x {")
	g.Expect(err).To(MatchError(ContainSubstring("m/f.go: \"== x {\" is there 2 times, not once")))
	_, err = p.apply("nothing")
	g.Expect(err).To(HaveOccurred())
	p.Why = ""
	g.Expect(p.validate()).To(HaveOccurred())
}
