package html_test

import (
	"bytes"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
	"github.com/gateproof/gateproof/reports/html"
)

// rendered is a run's page.
func rendered(t *testing.T, run reports.Run) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.Render(&out, run, nil, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTitleAndDescriptionHoldTheVerdict(t *testing.T) {
	g := NewWithT(t)
	for _, c := range []struct {
		run                reports.Run
		title, description string
	}{
		{holding(), "gateproof: success, 5 passed, 0 failed, 1 not applicable", "Every conformance claim holds in every lane where it applies. lane on v1.16.15 · lane off v1.16.15 · 2026-01-02 03:04 UTC · 4 min 05 s · suite v0.1.0"},
		{failing(), "gateproof: failure, 2 passed, 1 failed, 1 informative failed, 1 not applicable, 1 not run", "A conformance claim is contradicted. lane on"},
		{unseeing(), "gateproof: partial: no verdict, 1 passed, 0 failed, 3 not observed, 1 informative not observed, 1 not applicable", "Nothing contradicts. 3 claims could not be observed. lane on"},
		{troubled(), "gateproof: failure: no verdict, 0 passed, 0 failed", "The infrastructure or the input was at fault. Nothing is known to be wrong with the cluster. 2026-01-02"},
		{selected(), "gateproof: partial, 26 passed, 0 failed, 1 not applicable", "The claims that were selected hold. The others were not tried. lane on"},
		{reports.Run{}, "gateproof: failure: no verdict, 0 passed, 0 failed", "The infrastructure or the input was at fault."},
	} {
		page := rendered(t, c.run)
		g.Expect(page).To(ContainSubstring("<title>" + c.title + "</title>"))
		g.Expect(page).To(ContainSubstring(`<meta name="description" content="` + c.description))
	}
}

func TestWhatWasSeenIsTextAndNoMarkup(t *testing.T) {
	g := NewWithT(t)
	page := rendered(t, failing())
	g.Expect(page).To(ContainSubstring(`&lt;script&gt;document.title`))
	g.Expect(page).To(ContainSubstring(`&lt;b&gt;a name&lt;/b&gt;`))
	g.Expect(page).To(ContainSubstring(`attached\x00`), "control characters are shown, colours are not")
	g.Expect(page).NotTo(MatchRegexp("[\x00\x1b\r]"))
}

func TestWhatCouldNotBeObservedIsApartFromWhatIsContradicted(t *testing.T) {
	g := NewWithT(t)
	page := rendered(t, unseeing())
	g.Expect(page).NotTo(ContainSubstring("What is contradicted"))
	g.Expect(page).To(And(
		ContainSubstring("Could not be observed</h3>\n<p>This does not speak against the cluster"),
		ContainSubstring("refused by admission</h4>"), ContainSubstring("exec does not answer</h4>"),
		ContainSubstring(`<a href="#hup-restarts-worker.on">hup-restarts-worker</a>`),
		ContainSubstring("allow what the fixtures ask for"), ContainSubstring("denied the request: runAsUser 0"),
		ContainSubstring("warning, changes no verdict"), ContainSubstring("gateproof-1 does not go"),
	))
	page = rendered(t, failing())
	g.Expect(page).To(And(ContainSubstring("What is contradicted"), Not(ContainSubstring("Could not be observed"))))
}

func TestLargeRunIsASmallFile(t *testing.T) {
	g := NewWithT(t)
	run, evidence := large(), 0
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			for _, e := range r.Evidence {
				evidence += len(e.Text)
			}
		}
	}
	g.Expect(evidence).To(BeNumerically(">", 500_000))
	start := time.Now()
	g.Expect(len(rendered(t, run))).To(BeNumerically("<", 2_000_000))
	t.Log("rendered in", time.Since(start))
}

func TestResultsOfOneClaimInOneLaneAllStay(t *testing.T) {
	g := NewWithT(t)
	run := holding()
	again := run.Lanes[0].Results[0]
	again.Verdict, again.Failure = reports.Contradicted, failureText
	run.Lanes[0].Results = append(run.Lanes[0].Results, again)
	g.Expect(rendered(t, run)).To(And(ContainSubstring(`id="hup-restarts-worker.on"`), ContainSubstring(`id="hup-restarts-worker.on-2"`)))
}

func historyPage(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	err := html.RenderHistory(&out, history.History{
		Runs: []history.Run{{File: "1/run.json", Started: holding().Started, Suite: "v0.1.0"}, {File: "2/run.json", Started: holding().Started, Suite: "v0.1.0"}},
		Claims: []history.Claim{
			{Lane: "on", ID: "hup-restarts-worker", Verdicts: []reports.Verdict{reports.Holds, reports.Contradicted}, FirstBad: "2/run.json", Failure: "hup-restarts-worker: the old worker lives", FlakeRate: 1, MedianSeconds: 6.6},
			{Lane: "off", ID: "hup-restarts-worker", Verdicts: []reports.Verdict{"", reports.NotObserved}},
		},
		Broken: []string{"3/run.json: no JSON"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHistory(t *testing.T) {
	g := NewWithT(t)
	page := historyPage(t)
	g.Expect(page).To(ContainSubstring("<title>gateproof: 2 runs, 1 contradicted now, 1 flaky</title>"))
	g.Expect(page).To(ContainSubstring("2/run.json"))
	g.Expect(page).To(ContainSubstring("3/run.json: no JSON"))
}
