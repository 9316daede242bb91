package html

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gateproof/gateproof/reports"
)

// side is what one claim came to in one lane, with all that was seen.
type side struct {
	ID, Lane, Expect string
	Node             string // as headlines name it; "" where the lane was one place
	Verdict          reports.Verdict
	Mark, Sign       string // the verdict as a short word, and as a sign
	Took             string // "" for what was never tried
	Location         string
	Reason, Failure  string
	Cause, Remedy    string // of what could not be observed
	Measurements     []fact
	Evidence         []reports.Evidence
	Output           string
	result           reports.Result
}

// Nothing says that there is nothing to show but the verdict.
func (s side) Nothing() bool {
	return s.Reason+s.Failure+s.Output == "" && len(s.Evidence)+len(s.Measurements) == 0
}

func sideOf(id string, l reports.Lane, r reports.Result) side {
	s := side{
		ID: id, Lane: l.Name, Expect: l.Expect, Verdict: r.Verdict, Location: r.Location,
		Reason: reports.Printable(r.Reason), Failure: reports.Printable(r.Failure), Node: r.On(), Output: reports.Printable(r.Output), result: r,
	}
	s.Mark, s.Sign = markOf(r.Verdict, r.Kind)
	if r.Verdict == reports.NotObserved {
		s.Cause, s.Remedy = r.Cause.Words(), r.Cause.Remedy()
	}
	if r.Duration > 0 && (r.Verdict == reports.Holds || r.Verdict == reports.Contradicted || r.Verdict == reports.NotObserved) {
		s.Took = took(r.Duration)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Measurements)) {
		s.Measurements = append(s.Measurements, fact{name, fmt.Sprintf("%g", r.Measurements[name])})
	}
	for _, e := range r.Evidence {
		s.Evidence = append(s.Evidence, reports.Evidence{Name: reports.Printable(e.Name), Text: reports.Printable(e.Text)})
	}
	return s
}

// markOf has the words of the terminal's summary, and the sign of sign.html that goes with them.
func markOf(v reports.Verdict, kind reports.Kind) (mark, sign string) {
	switch {
	case v == reports.Contradicted && kind == reports.Informative:
		sign = "partial"
	case slices.Contains([]reports.Verdict{reports.Holds, reports.Contradicted, reports.NotObserved, reports.NotApplicable}, v):
		sign = string(v)
	default:
		sign = string(reports.NotRun)
	}
	return reports.Mark(v, kind), sign
}
