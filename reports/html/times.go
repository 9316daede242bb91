package html

import (
	"fmt"
	"slices"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// chart is a list of durations with bars.
type chart struct {
	Title string
	Bars  []bar
}

type bar struct {
	Name, Took string
	Percent    int // of the longest in the chart, 1 to 100
}

// longest is how many claims of a lane are shown.
const longest = 12

// timesOf says where the time went: the run's steps, then the longest claims of each lane.
func timesOf(run reports.Run) []chart {
	var out []chart
	var steps []reports.Step
	for _, s := range run.Steps {
		if s.Duration >= time.Second/10 {
			steps = append(steps, s)
		}
	}
	if len(steps) > 0 {
		out = append(out, chartOf("Steps", steps))
	}
	for _, l := range run.Lanes {
		var claims []reports.Step
		for _, r := range l.Results {
			claims = append(claims, reports.Step{Name: r.Claim, Duration: r.Duration})
		}
		slices.SortStableFunc(claims, func(a, b reports.Step) int { return int(b.Duration - a.Duration) })
		if len(claims) > 0 {
			out = append(out, chartOf("Longest claims, lane "+l.Name, claims[:min(longest, len(claims))]))
		}
	}
	return out
}

func chartOf(title string, steps []reports.Step) chart {
	c := chart{Title: title}
	top := time.Duration(1)
	for _, s := range steps {
		top = max(top, s.Duration)
	}
	for _, s := range steps {
		c.Bars = append(c.Bars, bar{Name: s.Name, Took: fmt.Sprintf("%.1f s", s.Duration.Seconds()), Percent: max(1, int(100*s.Duration/top))})
	}
	return c
}
