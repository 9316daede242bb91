package html_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/documented"
	"github.com/gateproof/gateproof/reports/html"
)

// documentation has a part of each kind, and one of each verdict that a run can give it.
func documentation() documented.Page {
	hup, access, live := []string{"hup-restarts-worker"}, []string{"signal-access"}, []string{"proc-root-live"}
	return documented.Page{
		Title: "Share a namespace", Source: "https://docs.example/blob/0123456789abcdef0123456789abcdef01234567/content/en/docs/share.md", Licence: "CC BY 4.0", Manifest: "kind: Pod\nspec:\n  shareProcessNamespace: true\n",
		Parts: []documented.Part{
			{Begins: true, Kind: "title", ID: "title", Text: "Share a namespace", Untestable: "a title"},
			{Begins: true, Kind: "sentence", ID: "worker", Text: "SIGHUP restarts the worker.", Claims: hup},
			{Kind: "sentence", ID: "needs", Text: "This needs a capability.", Claims: access, RefutedBy: access, Because: "it works without one"},
			{Begins: true, Kind: "heading", ID: "files", Text: "Files", Untestable: "a heading"},
			{Begins: true, Kind: "item", ID: "root", Text: "The root is visible.", Claims: live, Today: "said in other words"},
			{Begins: true, Kind: "command", ID: "typed", Text: "$ kill -HUP 8", Claims: hup},
			{Kind: "output", ID: "printed", Text: "14 101 0:00 nginx: worker process with a line that is wider than any telephone has ever been or will be", Claims: hup},
			{Begins: true, Kind: "manifest", ID: "manifest", Text: "share.yaml", Claims: live},
		},
	}
}

func documentedPage(t *testing.T, run reports.Run) string {
	t.Helper()
	var b strings.Builder
	NewWithT(t).Expect(html.RenderDocumented(&b, documentation(), run)).To(Succeed())
	return b.String()
}

// On a broken cluster what it breaks is seen first, and leads to the sentence and to the evidence, without JavaScript's help for the first.
func TestTheSentenceThatIsBrokenIsSeenFirst(t *testing.T) {
	g := NewWithT(t)
	p := open(t, documentedPage(t, failing()))
	first := `document.querySelector("main a")`
	g.Expect(get[string](p, first+".textContent")).To(Equal("SIGHUP restarts the worker."))
	g.Expect(get[bool](p, first+".getBoundingClientRect().bottom < innerHeight")).To(BeTrue(), "on the first screen")
	g.Expect(get[string](p, first+`.parentElement.textContent`)).To(ContainSubstring("contradicted in lane on"))
	g.Expect(get[[]string](p, `[...document.querySelectorAll("[aria-labelledby=_broken] a")].map((e) => e.textContent)`)).To(Equal([]string{"SIGHUP restarts the worker.", "$ kill -HUP 8"}), "a terminal is one thing")
	g.Expect(get[string](p, `document.querySelector("[aria-labelledby=_broken] li:last-child").textContent`)).To(ContainSubstring("and 1 more of that terminal's lines"))
	p.click("main a")
	p.eventually(`location.hash === "#says.worker" && document.getElementById("says.worker").getBoundingClientRect().top < innerHeight`)
	p.click(`a.proof[href="#hup-restarts-worker.on"]`)
	p.eventually(shown(evidence))
}

// Where processes are as the page says, what a terminal showed stands beside the page's own lines.
func TestTheTerminalAsTypedStandsBesideThePages(t *testing.T) {
	g := NewWithT(t)
	run := holding()
	r := &run.Lanes[0].Results[0]
	g.Expect(r.Claim).To(Equal("hup-restarts-worker"))
	r.Evidence = append(r.Evidence, reports.Evidence{Name: "terminal", Text: "/ # kill -HUP 8\r\n/ # "})
	p := open(t, documentedPage(t, run))
	g.Expect(get[bool](p, shown(".typed pre"))).To(BeFalse())
	p.click(".typed summary")
	p.eventually(shown(".typed pre"))
	g.Expect(get[[]string](p, `[...document.querySelectorAll(".typed pre")].map((e) => e.textContent.trim().split("\n")[0].trim())`)).To(Equal([]string{"$ kill -HUP 8", "/ # kill -HUP 8"}))
	g.Expect(get[string](p, `document.querySelector(".typed summary").textContent`)).To(ContainSubstring("in lane on"))
}

func TestEachLaneHasAColumn(t *testing.T) {
	g := NewWithT(t)
	run := holding()
	other := run.Lanes[0]
	other.Name = "other"
	run.Lanes = append(run.Lanes[:1:1], other)
	p := open(t, documentedPage(t, run))
	g.Expect(get[[]string](p, `[...document.querySelectorAll("table.strip thead th")].map((e) => e.textContent.split(" ")[0])`)).To(Equal([]string{"the", "on", "other"}))
	g.Expect(get[int](p, `document.querySelectorAll("table.strip tbody tr").length`)).To(Equal(6), "what could be measured")
}

// What holds in more lanes than can be read beside a sentence is counted there; the lanes of what does not are named.
func TestManyLanesAreCounted(t *testing.T) {
	g := NewWithT(t)
	run := holding()
	for _, name := range []string{"second", "third", "fourth"} {
		other := run.Lanes[0]
		other.Name = name
		run.Lanes = append(run.Lanes[:len(run.Lanes):len(run.Lanes)], other)
	}
	p := open(t, documentedPage(t, run))
	g.Expect(get[string](p, `document.querySelector(".note small").textContent`)).To(Equal("5 lanes"))
	for i := range run.Lanes {
		run.Lanes[i].Results = append([]reports.Result(nil), failing().Lanes[0].Results...)
	}
	p = open(t, documentedPage(t, run))
	g.Expect(get[string](p, `document.querySelector(".note small").textContent`)).To(SatisfyAll(HavePrefix("lanes on, "), HaveSuffix("second, third, fourth")))
}

func TestWhatIsNotSoIsNoFaultOfTheClusters(t *testing.T) {
	g := NewWithT(t)
	p := open(t, documentedPage(t, holding()))
	g.Expect(get[bool](p, `!!document.querySelector(".failures")`)).To(BeFalse())
	g.Expect(get[string](p, `document.querySelector(".notso a").textContent`)).To(Equal("This needs a capability."))
	g.Expect(get[string](p, `document.querySelector(".notso .where").textContent`)).To(Equal("it works without one"))
	g.Expect(get[string](p, `document.querySelector(".banner strong").textContent`)).To(Equal("1 not so, 5 hold."))
}

// The sentences are told apart by the form of their line, and by words.
func TestSentencesAreToldWithoutColour(t *testing.T) {
	g := NewWithT(t)
	run := failing()
	run.Lanes[0].Results[2].Verdict, run.Lanes[0].Results[2].Cause = reports.NotObserved, reports.CauseExec
	run.Lanes[0].Results[1].Verdict, run.Lanes[0].Results[1].Kind = reports.Holds, reports.Conformance
	p := open(t, documentedPage(t, run))
	line := func(id string) string {
		return get[string](p, `(() => { const s = getComputedStyle(document.getElementById("says.`+id+`")); return s.textDecorationLine + " " + s.textDecorationStyle })()`)
	}
	g.Expect([]string{line("worker"), line("needs"), line("root"), line("title")}).To(Equal(
		[]string{"underline wavy", "line-through solid", "underline dotted", "none solid"}))
	g.Expect(get[[]string](p, `[...document.querySelectorAll(".note .mark")].map((e) => e.textContent.trim())`)).To(ContainElements(
		ContainSubstring("contradicted"), ContainSubstring("not so"), ContainSubstring("not observed")))
}

func TestTheDocumentByKeyboardAndOnPaper(t *testing.T) {
	g := NewWithT(t)
	p := open(t, documentedPage(t, failing()))
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.eventually(`document.activeElement.id === "_document"`)
	p.media("print", "light")
	get[any](p, checks)
	g.Expect(get[[]string](p, "lowContrast(4.5)")).To(BeEmpty())
	g.Expect(get[bool](p, shown(evidence))).To(BeFalse(), "the page is printed, not a hundred pages of evidence")
}
