package html

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// page is what the templates of a run show.
type page struct {
	head
	Verdict   verdict
	Facts     []fact // of the run as a whole
	Lanes     []lane
	Failures  []failure
	Obstacles []obstacle
	Problems  []problem
	Groups    []group
	Claims    int
	Matrices  []grid
	Charts    []chart
	Compared  []comparedFact
	Guards    guards // empty where no mutants have been tried
	Peace     peace  // empty where no healthy clusters of other habits have been

	informative []failure // until all others are listed
}

// fact is a name and a value.
type fact struct{ Name, Value string }

// failure is a contradiction in the list that comes before everything else.
type failure struct {
	Lane, Headline, Location, ID string
	Informative                  bool
}

// problem is trouble with the infrastructure or the input.
type problem struct {
	Step, Headline, Rest, Output string
	Warning                      bool
}

func pageOf(run reports.Run) page {
	p := page{Verdict: verdictOf(run), Facts: runFacts(run), Charts: chartsOf(run), Compared: compare(run.Lanes)}
	columns := reports.Columns(run.Lanes)
	p.Groups, p.Claims = groupsOf(columns)
	for _, l := range columns {
		p.Lanes = append(p.Lanes, laneOf(l))
	}
	for _, g := range p.Groups {
		for _, r := range g.Rows {
			p.collect(r)
		}
	}
	p.Failures = slices.Concat(p.Failures, p.informative)
	p.Obstacles = obstaclesOf(run, columns, p.Groups)
	for _, trouble := range slices.Concat(run.Troubles(), run.Warnings()) {
		p.Problems = append(p.Problems, problemOf(trouble))
	}
	p.head = headOf("gateproof: "+p.Verdict.Title(), p.Verdict.Meaning+" "+p.Verdict.Circumstances)
	return p
}

// collect takes the row's failures and matrices to where they are shown on their own.
func (p *page) collect(r row) {
	for _, c := range r.Cells {
		for _, s := range c.Sides {
			if s.Verdict == reports.Contradicted {
				f := failure{s.Lane, reports.Printable(reports.Headline(s.result)), s.Location, s.ID, r.Informative}
				if r.Informative {
					p.informative = append(p.informative, f)
				} else {
					p.Failures = append(p.Failures, f)
				}
			}
			for i, m := range s.result.Matrices {
				p.Matrices = append(p.Matrices, gridOf(fmt.Sprintf("%s.matrix-%d", s.ID, i+1), s, m))
			}
		}
	}
}

func problemOf(p reports.Problem) problem {
	first, rest, _ := strings.Cut(strings.TrimSpace(reports.Printable(p.Message)), "\n")
	return problem{reports.Printable(p.Step), first, strings.TrimSpace(rest), strings.TrimSpace(reports.Printable(p.Output)), p.Warning}
}

func runFacts(run reports.Run) []fact {
	facts := []fact{{"started", when(run.Started)}, {"took", took(run.Duration)}}
	for _, l := range run.Lanes {
		if words := l.Coverage(); words != "" {
			facts = append(facts, fact{"nodes of lane " + l.Name, words})
		}
	}
	for _, f := range []fact{
		{"suite", run.SuiteVersion}, {"suite digest", run.SuiteDigest}, {"selection", run.Selection},
		{"exit code", fmt.Sprint(run.ExitCode())},
	} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func when(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

// took is a duration as people read it: tenths of seconds below a minute, seconds above.
func took(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
}
