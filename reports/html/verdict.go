package html

import (
	"fmt"
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
	v := verdict{Word: string(run.Outcome()), Totals: totals(run.Count()), Circumstances: circumstances(run)}
	switch code := run.ExitCode(); {
	case code == reports.ExitFails:
		v.Sign, v.Meaning = "failed", "A conformance claim failed."
		if run.Count().Failed > 1 {
			v.Meaning = "Conformance claims failed."
		}
	case code == reports.ExitNoVerdict:
		v.Sign, v.Word = "not-run", v.Word+": no verdict"
		v.Meaning = "The infrastructure or the input was at fault. Nothing is known to be wrong with the cluster."
	case run.Outcome() == reports.Partial:
		v.Sign, v.Meaning = "partial", "The claims that were selected hold. The others were not tried."
	default:
		v.Sign, v.Meaning = "passed", "Every conformance claim holds in every lane where it applies."
	}
	return v
}

// totals are the counts in words; passed and failed are always there.
func totals(n reports.Counts) string {
	words := []string{fmt.Sprintf("%d passed", n.Passed), fmt.Sprintf("%d failed", n.Failed)}
	for _, extra := range []struct {
		n    int
		word string
	}{{n.InformativeFailed, "informative failed"}, {n.NotApplicable, "not applicable"}, {n.NotRun, "not run"}} {
		if extra.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", extra.n, extra.word))
		}
	}
	return strings.Join(words, ", ")
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
