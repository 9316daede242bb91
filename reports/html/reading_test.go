package html_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	. "github.com/onsi/gomega"
)

const evidence = `#hup-restarts-worker\\.on pre`

// shown is an expression: whether an element can be seen.
func shown(selector string) string {
	return fmt.Sprintf(`document.querySelector("%s").checkVisibility() && document.querySelector("%s").getBoundingClientRect().height > 0`, selector, selector)
}

func TestEvidenceOpensByClick(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, holding()))
	g.Expect(get[bool](p, shown(evidence))).To(BeFalse())
	p.click(`a.mark[href="#hup-restarts-worker.on"]`)
	p.eventually(shown(evidence))
	p.eventually(`document.activeElement.id === "hup-restarts-worker.on"`)
	g.Expect(get[string](p, `document.querySelector("`+evidence+`").textContent`)).To(Equal(table.Text))
	p.click("#hup-restarts-worker summary")
	p.eventually("!(" + shown(evidence) + ")")
	p.click(`a.mark[href="#hup-restarts-worker.on"]`) // the fragment is set already
	p.eventually(shown(evidence))
}

func TestEvidenceOpensByKeyboard(t *testing.T) {
	p := open(t, rendered(t, failing()))
	p.press(kb.Tab)
	p.eventually(`document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().top >= 0`)
	p.press(kb.Enter)
	p.eventually(`document.activeElement.id === "_claims"`)
	tabTo := func(what string) {
		t.Helper()
		for range 60 {
			p.press(kb.Tab)
			if get[bool](p, "document.activeElement.matches('"+what+"')") {
				return
			}
		}
		t.Fatalf("the tab key does not lead to %s", what)
	}
	tabTo(`a.mark[href="#hup-restarts-worker.on"]`)
	if outline := get[string](p, "getComputedStyle(document.activeElement).outlineStyle"); outline != "solid" {
		t.Errorf("the focus cannot be seen: outline %s", outline)
	}
	p.press(kb.Enter)
	p.eventually(shown(evidence))
	p.eventually(`document.activeElement.id === "hup-restarts-worker.on"`)
	tabTo("#signal-access summary")
	p.press(" ")
	p.eventually(shown(`#signal-access\\.on pre`))
}

func TestFragmentOpensItsEvidence(t *testing.T) {
	p := open(t, rendered(t, holding()))
	p.visit("#hup-restarts-worker.off")
	p.eventually(shown(`#hup-restarts-worker\\.off pre`))
	p.visit("#hup-restarts-worker")
	p.eventually(shown(evidence))
	p.visit("#no-such-claim")
	p.visit("#%")
}

func TestWithoutJavaScript(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, failing()))
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	g.Expect(err).NotTo(HaveOccurred())
	p.scriptless = true
	p.visit("")
	g.Expect(get[bool](p, shown(".filter"))).To(BeFalse(), "what needs JavaScript is not offered")
	p.click("#hup-restarts-worker summary")
	p.eventually(shown(evidence))
	p.visit("")
	p.click(`.failures a[href="#hup-restarts-worker.on"]`)
	p.eventually(shown(evidence))
	g.Expect(get[string](p, `document.querySelector("#hup-restarts-worker\\.on pre.failure").textContent`)).To(Equal(failureText))
	g.Expect(get[bool](p, shown(`.grid td.differs`))).To(BeTrue())
	g.Expect(get[string](p, `document.querySelector(".grid td.differs").innerText`)).To(ContainSubstring("≠ kill(2) says"))
}

// Prow shows the page as the srcdoc of an iframe, where a fragment would be one of the page around it.
func TestInsideAnIframe(t *testing.T) {
	g := NewWithT(t)
	page := rendered(t, failing())
	p := open(t, `<!doctype html><title>around</title><iframe width="1000" height="700"></iframe>`)
	get[any](p, fmt.Sprintf(`new Promise((done) => { const f = document.querySelector("iframe"); f.onload = () => done(0); f.srcdoc = %q; })`, page))
	p.eventually(`document.querySelector("iframe").contentDocument.querySelector(".filter:not([hidden])") !== null`)
	get[any](p, `document.querySelector("iframe").contentDocument.querySelector('.failures a').click(), 0`)
	p.eventually(`document.querySelector("iframe").contentDocument.querySelector("` + evidence + `").checkVisibility()`)
	g.Expect(get[string](p, `location.href`)).To(Equal(p.url))
}
