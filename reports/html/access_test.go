package html_test

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// checks.js defines functions that list what is wrong with the page, in words.
//
//go:embed testdata/checks.js
var checks string

// pages are all that the templates can make.
func pages(t *testing.T) map[string]string {
	return map[string]string{
		"holding": rendered(t, holding()), "failing": rendered(t, failing()), "unseeing": rendered(t, unseeing()), "troubled": rendered(t, troubled()),
		"selected": rendered(t, selected()), "empty": rendered(t, reports.Run{}), "history": historyPage(t),
		"kills": killPage(t), "benign": benignMatrixPage(t), "guarded": guarded(t), "documented": documentedPage(t, holding()), "documented, broken": documentedPage(t, failing()),
		"published": publishedPage(t), "start": startPage(t),
	}
}

// TestPages judges every page with all evidence open.
func TestPages(t *testing.T) {
	for name, page := range pages(t) {
		t.Run(name, func(t *testing.T) {
			p := open(t, page)
			get[any](p, checks+`; document.querySelectorAll("details").forEach((d) => { d.open = true; }), 0`)
			verifyStructure(t, p)
			verifyNames(t, p)
			verifyContrast(t, p)
			verifyPhone(t, p)
		})
	}
}

func verifyContrast(t *testing.T, p *tab) {
	g := NewWithT(t)
	for _, scheme := range []string{"light", "dark"} {
		p.media("screen", scheme)
		g.Expect(get[int](p, "textsSeen()")).To(BeNumerically(">", 5))
		g.Expect(get[[]string](p, "lowContrast(4.5)")).To(BeEmpty(), scheme)
	}
}

func verifyStructure(t *testing.T, p *tab) {
	g := NewWithT(t)
	for _, troubles := range []string{"idTrouble()", "headingTrouble()", "tableTrouble()", "landmarkTrouble()"} {
		g.Expect(get[[]string](p, troubles)).To(BeEmpty(), troubles)
	}
}

// controls are the roles that a screen reader announces by name. Details are groups, too, and have none.
var controls = []string{"link", "button", "searchbox", "combobox", "DisclosureTriangle", "table", "region", "search", "navigation"}

func verifyNames(t *testing.T, p *tab) {
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, n := range tree.Nodes {
		if n.Ignored || !slices.Contains(controls, text(n.Role)) {
			continue
		}
		seen++
		if text(n.Name) == "" {
			t.Errorf("a %s without a name: %+v", text(n.Role), n.Properties)
		}
	}
	NewWithT(t).Expect(seen).To(BeNumerically(">", 0))
}

func text(v *accessibility.Value) (s string) {
	if v != nil {
		_ = json.Unmarshal(v.Value, &s) // a name that is no string is none
	}
	return s
}

// verifyPhone wants a page that scrolls in one direction only.
func verifyPhone(t *testing.T, p *tab) {
	p.do(chromedp.EmulateViewport(360, 740))
	g := NewWithT(t)
	g.Expect(get[int](p, "document.documentElement.scrollWidth")).To(BeNumerically("<=", 360))
	g.Expect(get[[]string](p, "cutOff()")).To(BeEmpty())
}

func TestPrintShowsAllEvidence(t *testing.T) {
	g := NewWithT(t)
	p := open(t, rendered(t, failing()))
	get[any](p, checks)
	p.media("print", "dark")
	g.Expect(get[[]string](p, `[...document.querySelectorAll("pre")].filter((e) => !e.checkVisibility() || !e.getBoundingClientRect().height).map((e) => e.textContent)`)).To(BeEmpty())
	g.Expect(get[bool](p, shown(".filter"))).To(BeFalse())
	g.Expect(get[[]string](p, `[...document.querySelectorAll("*")].filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.matches(".filter, .skip, .sides") && e.checkVisibility()).map((e) => e.className)`)).To(BeEmpty())
	g.Expect(get[[]string](p, "lowContrast(4.5)")).To(BeEmpty(), "on white paper")
}

// A reader who cannot tell colours tells the verdicts by their words and by the shapes of their signs.
func TestVerdictsAreToldWithoutColour(t *testing.T) {
	g := NewWithT(t)
	run := failing()
	run.Lanes[0].Results[2].Verdict, run.Lanes[0].Results[2].Cause, run.Lanes[0].Results[2].Failure = reports.NotObserved, reports.CauseExec, "502"
	run.Lanes[1].Results[2].Verdict = reports.Holds
	run.Lanes[1].Results[1].Verdict, run.Lanes[1].Results[1].Reason = reports.NotApplicable, "no"
	p := open(t, rendered(t, run))
	for _, what := range []string{"e.lastChild.textContent.trim()", "e.querySelector('svg').innerHTML"} {
		each := get[[]string](p, `[...document.querySelectorAll(".claims a.mark")].map((e) => e.dataset.verdict + (e.textContent.includes("FAIL") ? "!" : "") + "=" + `+what+`)`)
		slices.Sort(each)
		signs := map[string]bool{}
		for _, e := range slices.Compact(each) {
			_, sign, _ := strings.Cut(e, "=")
			g.Expect(signs).NotTo(HaveKey(sign), e)
			signs[sign] = true
		}
		g.Expect(signs).To(HaveLen(6), "holds, contradicted, the same but informative, not observed, n/a, not run: %v", each)
	}
}
