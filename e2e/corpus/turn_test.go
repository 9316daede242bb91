package corpus

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/lane"
)

// turns are of these lanes, by admission.
func turns(lanes ...string) (out []Turn) {
	for _, l := range lanes {
		out = append(out, Turn{Lane: l, Change: alter.Change{Admit: "."}})
	}
	return out
}

func TestALaneTakesItsOwnFromTheFrontAndAnothersFromTheEnd(t *testing.T) {
	g := NewWithT(t)
	lanes, err := lane.Select("on,off,default")
	g.Expect(err).NotTo(HaveOccurred())
	on, off, standIn := lanes[0], lanes[1], lanes[2]
	all := turns("on", "off", "on", "on", "on")
	all[2].Slow = true
	all[4].Change.Node = &alter.Shell{} // on its own lane alone
	q := line(lanes, all)
	take := func(l lane.Lane) int {
		i, ok := q.next(l)
		g.Expect(ok).To(BeTrue())
		return i
	}
	g.Expect(take(standIn)).To(Equal(3))
	g.Expect(take(on)).To(Equal(2), "the slow one")
	g.Expect(take(off)).To(Equal(1))
	g.Expect(take(standIn)).To(Equal(0))
	_, ok := q.next(standIn)
	g.Expect(ok).To(BeFalse(), "what is left is a shell on another lane's node")
	_, ok = q.next(off)
	g.Expect(ok).To(BeFalse(), "it expects otherwise")
	g.Expect(take(on)).To(Equal(4))
}

func TestALaneThatIsForSomeClaimsStandsInForNone(t *testing.T) {
	g := NewWithT(t)
	lanes, err := lane.Select("on,ratchet,ga,latest")
	g.Expect(err).NotTo(HaveOccurred())
	for _, l := range lanes[1:] {
		g.Expect(Alike(l, lanes[0])).To(BeFalse(), l.Name)
	}
}
