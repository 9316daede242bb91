package html

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// chart is a list of durations with bars; the table that carries the bars is also their text.
type chart struct {
	Title string
	Note  string
	Bars  []bar
}

type bar struct {
	Name, Took string
	Link       string // the id of the claim's evidence, "" for steps
	Percent    string // of the longest in the chart
}

// longest is how many claims of a lane are shown.
const longest = 10

// shortest leaves out the steps that nobody waits for.
const shortest = 100 * time.Millisecond

// chartsOf says where the time went: the run's steps in their order, then each lane's longest claims, all lanes to one scale.
func chartsOf(run reports.Run) []chart {
	var out []chart
	if steps := stepsOf(run); len(steps) > 0 {
		out = append(out, chartOf("Beside the claims", "Of "+took(run.Duration)+" in all; steps may overlap.", steps, 0))
	}
	var scale time.Duration
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			scale = max(scale, r.Duration)
		}
	}
	for _, l := range run.Lanes {
		var claims []timed
		var sum time.Duration
		for _, r := range l.Results {
			if r.Duration > 0 {
				claims = append(claims, timed{r.Claim, r.Claim + "." + l.Name, r.Duration})
				sum += r.Duration
			}
		}
		slices.SortStableFunc(claims, func(a, b timed) int { return cmp.Compare(b.took, a.took) })
		if len(claims) > 0 {
			shown := claims[:min(longest, len(claims))]
			note := fmt.Sprintf("%d of %d claims; these run in parallel and took %s together.", len(shown), len(claims), took(sum))
			out = append(out, chartOf("Longest claims, lane "+l.Name, note, shown, scale))
		}
	}
	return out
}

type timed struct {
	name, link string
	took       time.Duration
}

// stepsOf are the steps worth a bar.
func stepsOf(run reports.Run) []timed {
	var out []timed
	for _, s := range run.Steps {
		if s.Duration >= shortest {
			out = append(out, timed{name: s.Name, took: s.Duration})
		}
	}
	return out
}

func chartOf(title, note string, of []timed, scale time.Duration) chart {
	c := chart{Title: title, Note: note}
	for _, t := range of {
		scale = max(scale, t.took)
	}
	for _, t := range of {
		percent := fmt.Sprintf("%.1f", max(0.5, 100*t.took.Seconds()/scale.Seconds()))
		c.Bars = append(c.Bars, bar{reports.Printable(t.name), took(t.took), t.link, percent})
	}
	return c
}
