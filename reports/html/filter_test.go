package html_test

import (
	"testing"

	. "github.com/onsi/gomega"
)

const (
	count        = `document.querySelector(".filter [role=status]").textContent`
	claimsShown  = `[...document.querySelectorAll(".claim")].filter((c) => c.checkVisibility()).map((c) => c.id)`
	groupsShown  = `[...document.querySelectorAll(".group")].filter((g) => g.checkVisibility()).length`
	columnsShown = `[...document.querySelectorAll("#hup-restarts-worker td[data-lane]")].filter((c) => c.checkVisibility()).map((c) => c.dataset.lane)`
)

func TestFilter(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, failing()))
	g.Expect(get[string](p, count)).To(Equal("3 of 3 claims"))
	g.Expect(get[string](p, `document.querySelector(".filter [role=status]").ariaLive`)).To(Equal("polite"))

	p.click(".filter input")
	p.press("SIGHUP nginx")
	p.eventually(count + ` === "1 of 3 claims"`)
	g.Expect(get[[]string](p, claimsShown)).To(ConsistOf("hup-restarts-worker"))
	g.Expect(get[int](p, groupsShown)).To(Equal(1))

	choose := func(name, value string) {
		get[any](p, `(() => { const s = document.querySelector(".filter [name=`+name+`]"); s.value = "`+value+`"; s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	}
	get[any](p, `document.querySelector(".filter").reset()`)
	choose("verdict", "contradicted")
	g.Expect(get[string](p, count)).To(Equal("2 of 3 claims"))
	choose("lane", "off")
	g.Expect(get[string](p, count)).To(Equal("0 of 3 claims"))
	choose("verdict", "not-run")
	g.Expect(get[[]string](p, claimsShown)).To(ConsistOf("hup-restarts-worker"))
	g.Expect(get[[]string](p, columnsShown)).To(ConsistOf("off"))

	p.click(`.failures a[href="#signal-access.on"]`)
	p.eventually(shown(`#signal-access\\.on pre.failure`)) // although the filter hid it
	g.Expect(get[string](p, count)).To(Equal("3 of 3 claims"))
}

func TestFilterOfWhatCouldNotBeObserved(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, unseeing()))
	get[any](p, `(() => { const s = document.querySelector(".filter [name=verdict]"); s.value = "not-observed"; s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	g.Expect(get[string](p, count)).To(Equal("3 of 3 claims"))
	get[any](p, `(() => { const s = document.querySelector(".filter [name=lane]"); s.value = "off"; s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	g.Expect(get[[]string](p, claimsShown)).To(ConsistOf("hup-restarts-worker"))
	p.click(`.unseen a[href="#proc-root-live.on"]`)
	p.eventually(shown(`#proc-root-live\\.on pre.failure`))
}

func TestOpenAndCloseAll(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, holding()))
	opened := `document.querySelectorAll(".evidence[open]").length`
	p.click(".filter [name=open]")
	g.Expect(get[int](p, opened)).To(Equal(3))
	p.click(".filter [name=close]")
	g.Expect(get[int](p, opened)).To(Equal(0))
	p.click(".filter input")
	p.press("sighup")
	p.click(".filter [name=open]")
	g.Expect(get[int](p, opened)).To(Equal(1), "only what the filter shows")
}

func TestLargeRunIsFast(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, large()))
	ready := get[float64](p, `performance.getEntriesByType("navigation")[0].loadEventEnd`)
	t.Logf("loaded in %.0f ms", ready)
	g.Expect(ready).To(BeNumerically("<", 5000), "on a machine that is busy with other tests")
}
