package html_test

import (
	"testing"

	. "github.com/onsi/gomega"
)

// A check that finds nothing proves something only if it would find it.
func TestChecksFindTroubles(t *testing.T) {
	g := NewWithT(t)
	p := open(t, `<!doctype html><title>bad</title><style>::placeholder { color: #bbb }</style><body style="background:#fff">
<h2 id="twice">first</h2><h1 id="twice">second</h1><h3>third</h3>
<p style="color:#999">grey on white</p><div style="background:#000"><p style="color:#0008">see-through on black</p></div>
<input placeholder="pale" style="color:#000"><a href="#nowhere">leads nowhere</a>
<table><tr><th>head<td>one</tr><tr><td>one<td>two<td>three</tr></table>
<p style="width:2000px;text-align:right">out of the screen</p>`)
	get[any](p, checks)
	g.Expect(get[[]string](p, "lowContrast(4.5)")).To(ConsistOf(ContainSubstring("grey on white"), ContainSubstring("see-through on black"), ContainSubstring("placeholder")))
	g.Expect(get[[]string](p, "idTrouble()")).To(ConsistOf("twice: twice", "leads nowhere: nowhere"))
	g.Expect(get[[]string](p, "headingTrouble()")).To(HaveLen(2))
	g.Expect(get[[]string](p, "tableTrouble()")).To(HaveLen(3))
	g.Expect(get[[]string](p, "landmarkTrouble()")).To(HaveLen(3))
	g.Expect(get[[]string](p, "cutOff()")).To(ContainElement(ContainSubstring("out of the screen")))
}
