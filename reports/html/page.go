package html

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// page is what the template shows.
type page struct {
	head
	Script template.JS

	Outcome              reports.Outcome
	Meaning              string
	Counts               reports.Counts
	Started, Took, Suite string
	Selection            string
	Lanes                []lane
	Failures             []failure
	Problems             []string
	Groups               []group
	Claims               int
	Matrices             []grid
	Times                []chart
}

type lane struct {
	Name, Version, Expect string
	Facts                 []fact
}

type fact struct{ Name, Value string }

type failure struct {
	Lane, Claim, Text, ID string
	Informative           bool
}

type group struct {
	Name string
	Rows []row
}

// row is one claim in all lanes.
type row struct {
	ID, Claim, Title string
	Informative      bool
	Cells            []cell
	Words            string // all that the filter looks at
	Verdicts         string // of the lanes, as the filter names them
}

// cell is one claim in one lane.
type cell struct {
	Lane, Mark, Verdict string // Mark in words, Verdict as a class
	Took, Location      string
	Reason, Failure     string
	Evidence            []reports.Evidence
	Measurements        []fact
}

func pageOf(run reports.Run) page {
	n := run.Count()
	p := page{
		Outcome: run.Outcome(), Counts: n, Suite: run.SuiteVersion, Selection: run.Selection,
		Started: run.Started.UTC().Format("2006-01-02 15:04 UTC"), Took: run.Duration.Round(time.Second).String(),
		Meaning: map[int]string{
			reports.ExitHolds:     "The claims hold",
			reports.ExitFails:     "A conformance claim failed",
			reports.ExitNoVerdict: "No verdict: the infrastructure or the input was at fault",
		}[run.ExitCode()],
	}
	for _, l := range run.Lanes {
		shown := lane{Name: l.Name, Version: l.Version, Expect: l.Expect}
		for _, name := range slices.Sorted(maps.Keys(l.Facts)) {
			shown.Facts = append(shown.Facts, fact{name, l.Facts[name]})
		}
		p.Lanes = append(p.Lanes, shown)
		for _, r := range l.Results {
			if r.Verdict == reports.Failed {
				p.Failures = append(p.Failures, failure{Lane: l.Name, Claim: r.Claim, Text: reports.Headline(r), ID: rowID(r.Claim), Informative: r.Kind == reports.Informative})
			}
			for i, m := range r.Matrices {
				p.Matrices = append(p.Matrices, gridOf(fmt.Sprintf("matrix-%s-%s-%d", l.Name, r.Claim, i), l.Name, r.Claim, m))
			}
		}
	}
	for _, problem := range run.Problems() {
		p.Problems = append(p.Problems, problem.String())
	}
	p.Groups, p.Claims = groupsOf(run)
	p.Times = timesOf(run)
	p.Title = fmt.Sprintf("gateproof: %s", p.Outcome)
	p.Description = fmt.Sprintf("%s. %d passed, %d failed, %d not applicable, %d not run; %s.", p.Meaning, n.Passed, n.Failed, n.NotApplicable, n.NotRun, p.Started)
	return p
}

func rowID(claim string) string { return "claim-" + claim }

// groupsOf has a row a claim, in the order in which the lanes have them.
func groupsOf(run reports.Run) (groups []group, claims int) {
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			g := slices.IndexFunc(groups, func(g group) bool { return g.Name == r.Group })
			if g < 0 {
				groups = append(groups, group{Name: r.Group})
				g = len(groups) - 1
			}
			if slices.ContainsFunc(groups[g].Rows, func(x row) bool { return x.Claim == r.Claim }) {
				continue
			}
			groups[g].Rows = append(groups[g].Rows, rowOf(run, r))
			claims++
		}
	}
	return groups, claims
}

func rowOf(run reports.Run, of reports.Result) row {
	out := row{ID: rowID(of.Claim), Claim: of.Claim, Title: of.Title, Informative: of.Kind == reports.Informative}
	words, verdicts := []string{of.Claim, of.Title, of.Group, string(of.Kind)}, []string{}
	for _, l := range run.Lanes {
		c := cell{Lane: l.Name, Mark: "–", Verdict: "absent"}
		if r, ok := l.Result(of.Claim); ok {
			c = cellOf(l.Name, r)
			words = append(words, c.Mark, c.Reason, c.Failure)
		}
		verdicts = append(verdicts, c.Verdict)
		out.Cells = append(out.Cells, c)
	}
	out.Words, out.Verdicts = strings.ToLower(strings.Join(words, " ")), strings.Join(verdicts, " ")
	return out
}

func cellOf(lane string, r reports.Result) cell {
	c := cell{
		Lane: lane, Took: r.Duration.Round(100 * time.Millisecond).String(), Location: r.Location,
		Reason: r.Reason, Failure: r.Failure, Evidence: r.Evidence,
	}
	switch r.Verdict {
	case reports.Passed:
		c.Mark, c.Verdict = "✓ pass", "passed"
	case reports.Failed:
		c.Mark, c.Verdict = "✗ fail", "failed"
		if r.Kind == reports.Informative { // it never decides
			c.Verdict = "failed informative"
		}
	case reports.NotApplicable:
		c.Mark, c.Verdict = "○ n/a", "not-applicable"
	default:
		c.Mark, c.Verdict = "? not run", "not-run"
	}
	for _, name := range slices.Sorted(maps.Keys(r.Measurements)) {
		c.Measurements = append(c.Measurements, fact{name, fmt.Sprintf("%g", r.Measurements[name])})
	}
	return c
}
