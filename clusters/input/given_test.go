package input

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhoGaveAFlagIsToldOfTheFlag(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Name("EXAMPLE")).To(Equal("EXAMPLE"))
	Given("EXAMPLE", "--example")
	g.Expect(Name("EXAMPLE")).To(Equal("--example"))
}

func TestSwitches(t *testing.T) {
	g := NewWithT(t)
	for word, want := range map[string]bool{"": false, "0": false, "False": false, "no": false, "OFF": false, "1": true, "yes": true, "TRUE": true, "on": true} {
		on, ok := Switch(word)
		g.Expect(ok).To(BeTrue(), word)
		g.Expect(on).To(Equal(want), word)
	}
	_, ok := Switch("maybe")
	g.Expect(ok).To(BeFalse())
}
