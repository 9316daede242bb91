package html

import (
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// verdict is the run in a word, a sentence and a sign.
type verdict struct {
	Sign    string // one of the signs of sign.html, and the class of the banner
	Word    string
	Meaning string
	Totals  string
	// Circumstances are what was tested, when, how long and by which suite.
	Circumstances string
}

// Title is the verdict for a list of pages.
func (v verdict) Title() string { return v.Word + ", " + v.Totals }

func verdictOf(run reports.Run) verdict {
	v := verdict{Word: string(run.Outcome()), Totals: run.Count().String(), Circumstances: circumstances(run)}
	v.Meaning = run.Meaning()
	switch code := run.ExitCode(); {
	case code == reports.ExitFails:
		v.Sign = string(reports.Contradicted)
	case run.OnlyUnobserved():
		v.Sign, v.Word = string(reports.NotObserved), v.Word+": no verdict"
	case code == reports.ExitNoVerdict:
		v.Sign, v.Word = string(reports.NotRun), v.Word+": no verdict"
	case run.Outcome() == reports.Partial:
		v.Sign = "partial"
	default:
		v.Sign = string(reports.Holds)
	}
	return v
}

func circumstances(run reports.Run) string {
	var parts []string
	for _, l := range run.Lanes {
		parts = append(parts, strings.TrimSpace("lane "+l.Name+" "+l.Version))
	}
	parts = append(parts, when(run.Started), took(run.Duration))
	if run.SuiteVersion != "" {
		parts = append(parts, "suite "+run.SuiteVersion)
	}
	if run.Selection != "" {
		parts = append(parts, "only "+run.Selection)
	}
	return strings.Join(parts, " · ")
}
