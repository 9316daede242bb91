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
	for _, other := range []Change{{Refuse: "null"}, {Admit: "."}} {
		_, ok = admits.Join(other)
		g.Expect(ok).To(BeFalse(), "%+v", other)
	}
	_, ok = Change{Serve: &Serve{SPDY: isRefused}}.Join(Change{Credentials: &Credentials{Alone: true}})
	g.Expect(ok).To(BeFalse(), "the proxy has its own credentials")
}
