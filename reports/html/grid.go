package html

import (
	"slices"

	"github.com/gateproof/gateproof/reports"
)

// grid is an access matrix: a row a caller, a column a target.
type grid struct {
	ID, Lane, Claim, Attempt, Page string
	Targets                        []string
	Rows                           []gridRow
	Disagree                       int // cells where what was seen is not what the manual page says
}

type gridRow struct {
	User, Caps string
	Cells      []gridCell
}

// gridCell says by word, sign and class what became of an attempt.
type gridCell struct {
	Seen, Class, Because string
	Rule                 string // what the page says, where that is something else
}

func gridOf(id, lane, claim string, m reports.Matrix) grid {
	g := grid{ID: id, Lane: lane, Claim: claim, Attempt: m.Attempt, Page: m.Page}
	for _, c := range m.Cells {
		if !slices.Contains(g.Targets, c.Target) {
			g.Targets = append(g.Targets, c.Target)
		}
		if !slices.ContainsFunc(g.Rows, func(r gridRow) bool { return r.User == c.User && r.Caps == c.Caps }) {
			g.Rows = append(g.Rows, gridRow{User: c.User, Caps: c.Caps})
		}
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		for _, target := range g.Targets {
			shown := gridCell{Seen: "–", Class: "absent"}
			for _, c := range m.Cells {
				if c.User == r.User && c.Caps == r.Caps && c.Target == target {
					shown = gridCellOf(c)
				}
			}
			if shown.Rule != "" {
				g.Disagree++
			}
			r.Cells = append(r.Cells, shown)
		}
	}
	return g
}

func gridCellOf(c reports.Cell) gridCell {
	out := gridCell{Seen: outcome(c.Seen), Class: "yes", Because: c.Because}
	if c.Seen != "" {
		out.Class = "no"
	}
	if c.Seen != c.Rule {
		out.Rule, out.Class = outcome(c.Rule), "differs"
	}
	return out
}

func outcome(err string) string {
	if err == "" {
		return "yes"
	}
	return err
}
