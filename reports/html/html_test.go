package html_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
	"github.com/gateproof/gateproof/reports/html"
)

const first = "#claim-hup-restarts-worker"

func isOpen(t *testing.T, b *tab) bool {
	t.Helper()
	return eval[bool](t, b, `document.querySelector("`+first+`").open && document.querySelector("`+first+` .cell pre").checkVisibility()`)
}

func TestEvidenceOpens(t *testing.T) {
	g := NewWithT(t)
	b, page := newTab(t), file(t)
	b.do(t, chromedp.Navigate(page))
	g.Expect(isOpen(t, b)).To(BeFalse())
	b.do(t, chromedp.Click(first+" summary", chromedp.ByQuery))
	g.Expect(isOpen(t, b)).To(BeTrue(), "by a click")
	b.do(t, chromedp.Focus(first+" summary", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter))
	g.Expect(isOpen(t, b)).To(BeFalse(), "by the keyboard")
	b.do(t, chromedp.Click(".failures a[href='"+first+"']", chromedp.ByQuery))
	g.Eventually(func() bool { return isOpen(t, b) }).WithTimeout(5*time.Second).Should(BeTrue(), "by the link of a failure")
	g.Expect(b.complaints).To(BeEmpty())
	g.Expect(b.requestsBeyond(page)).To(BeEmpty(), "the page must need nothing else")
}

func TestFragmentOpensItsClaim(t *testing.T) {
	b := newTab(t)
	b.do(t, chromedp.Navigate(file(t)+first))
	NewWithT(t).Expect(isOpen(t, b)).To(BeTrue())
}

func TestFilter(t *testing.T) {
	g := NewWithT(t)
	b := newTab(t)
	b.do(t, chromedp.Navigate(file(t)))
	shown := func() []string {
		return eval[[]string](t, b, `[...document.querySelectorAll(".claim")].filter(c => c.checkVisibility()).map(c => c.id)`)
	}
	g.Expect(shown()).To(HaveLen(4))
	b.do(t, chromedp.SendKeys("input[name=words]", "PAUSE-is", chromedp.ByQuery))
	g.Expect(shown()).To(Equal([]string{"claim-pause-is-pid-1"}))
	g.Expect(eval[string](t, b, `document.querySelector("[role=status]").textContent`)).To(Equal("1 of 4 claims"))
	g.Expect(eval[bool](t, b, `document.querySelector(".group[aria-label=signals]").hidden`)).To(BeTrue(), "a group without claims")
	eval[bool](t, b, `(() => {
		const form = document.querySelector(".filter");
		form.elements.words.value = "";
		form.elements.verdict.value = "not-run";
		return form.elements.verdict.dispatchEvent(new Event("input", {bubbles: true}));
	})()`)
	g.Expect(shown()).To(Equal([]string{"claim-late"}))
	b.do(t, chromedp.Click("button[name=open]", chromedp.ByQuery))
	g.Expect(eval[int](t, b, `document.querySelectorAll(".claim[open]").length`)).To(Equal(1), "open all that are shown")
	b.do(t, chromedp.Click("button[name=close]", chromedp.ByQuery))
	g.Expect(eval[int](t, b, `document.querySelectorAll(".claim[open]").length`)).To(BeZero())
}

func TestWithoutJavaScript(t *testing.T) {
	g := NewWithT(t)
	b := newTab(t)
	b.do(t, emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(file(t)))
	g.Expect(isOpen(t, b)).To(BeFalse())
	g.Expect(eval[bool](t, b, `document.querySelector(".filter").checkVisibility()`)).To(BeFalse(), "a filter that cannot work is not shown")
	b.do(t, chromedp.Click(first+" summary", chromedp.ByQuery))
	g.Expect(isOpen(t, b)).To(BeTrue())
}

func TestPrintShowsEvidence(t *testing.T) {
	b := newTab(t)
	b.do(t, emulation.SetScriptExecutionDisabled(true), emulation.SetEmulatedMedia().WithMedia("print"), chromedp.Navigate(file(t)))
	NewWithT(t).Expect(eval[bool](t, b, `document.querySelector("`+first+` .cell pre").checkVisibility({contentVisibilityAuto: true}) || document.querySelector("`+first+` .cell pre").getBoundingClientRect().height > 0`)).To(BeTrue())
}

func TestWidths(t *testing.T) {
	g := NewWithT(t)
	for _, width := range []int64{320, 360, 768, 1280} {
		b := newTab(t)
		b.do(t, chromedp.EmulateViewport(width, 800), chromedp.Navigate(file(t)), chromedp.Click("button[name=open]", chromedp.ByQuery))
		g.Expect(eval[int](t, b, `document.documentElement.scrollWidth`)).To(BeNumerically("<=", width), "the page scrolls sideways at %d px", width)
	}
}

func TestAccessibility(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			g := NewWithT(t)
			b := newTab(t)
			b.do(t, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
				chromedp.Navigate(file(t)), chromedp.Click("button[name=open]", chromedp.ByQuery))
			g.Expect(eval[[]string](t, b, contrast)).To(BeEmpty(), "text with a contrast below 4.5:1")
			g.Expect(eval[[]string](t, b, nameless)).To(BeEmpty(), "controls without a name")
			g.Expect(eval[[]string](t, b, sameIDs)).To(BeEmpty(), "ids given twice")
			g.Expect(eval[[]string](t, b, headings)).To(BeEmpty(), "headings that skip a level")
			g.Expect(eval[int](t, b, `document.querySelectorAll("main").length`)).To(Equal(1))
		})
	}
}

func TestTextIsEscapedAndTitled(t *testing.T) {
	g := NewWithT(t)
	b := newTab(t)
	b.do(t, chromedp.Navigate(file(t)))
	g.Expect(eval[int](t, b, `document.querySelectorAll("pre script").length`)).To(BeZero())
	g.Expect(eval[string](t, b, `document.title`)).To(Equal("gateproof: failure"))
	g.Expect(eval[string](t, b, `document.querySelector("meta[name=description]").content`)).To(HavePrefix("A conformance claim failed. 3 passed, 2 failed"))
	g.Expect(eval[string](t, b, `document.querySelector(".grid .differs").textContent`)).To(ContainSubstring("EPERM ≠ yes"))
}

func TestHistoryPage(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	g.Expect(html.RenderHistory(&out, history.History{
		Runs:   []history.Run{{File: "a/run.json", Suite: "v1", Started: time.Unix(0, 0)}, {File: "b/run.json", Suite: "v2", Started: time.Unix(60, 0)}},
		Claims: []history.Claim{{Lane: "on", ID: "hup", Verdicts: []reports.Verdict{reports.Passed, reports.Failed}, FirstBad: "b/run.json", Failure: "hup: <wrong>", FlakeRate: 0.5}},
	})).To(Succeed())
	g.Expect(out.String()).To(And(ContainSubstring("2 runs: 1 claims fail now, 1 flake."), ContainSubstring("hup: &lt;wrong&gt;"), ContainSubstring("50 %")))
}
