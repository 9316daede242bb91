package html

import (
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/reports"
)

// grid is an access matrix: a row a caller, a column a target.
type grid struct {
	ID, Lane, Claim, Attempt, Page string
	Side                           string // the id of the claim's evidence
	Targets                        []string
	Users                          []user
	Summary                        string
	Differs                        bool
}

// user is a caller's uid with a row for each set of capabilities.
type user struct {
	Name string
	Rows []callerRow
}

type callerRow struct {
	Caps  string
	Cells []attempt
}

// attempt says by word, sign and class what became of it.
type attempt struct {
	Class   string // yes, no or absent
	Seen    string
	Rule    string // what the page says, where that is something else
	Because string
}

func gridOf(id string, s side, m reports.Matrix) grid {
	g := grid{ID: id, Lane: s.Lane, Claim: s.result.Claim, Side: s.ID, Attempt: m.Attempt, Page: m.Page}
	for _, c := range m.Cells {
		if !slices.Contains(g.Targets, c.Target) {
			g.Targets = append(g.Targets, c.Target)
		}
	}
	differ := 0
	for _, c := range m.Cells {
		cells := g.row(c.User, c.Caps).Cells
		a := attemptOf(c)
		cells[slices.Index(g.Targets, c.Target)] = a
		if a.Rule != "" {
			differ++
		}
	}
	g.Differs = differ > 0
	switch differ {
	case 0:
		g.Summary = fmt.Sprintf("All %d attempts went as %s says.", len(m.Cells), m.Page)
	case 1:
		g.Summary = fmt.Sprintf("1 of %d attempts went otherwise than %s says.", len(m.Cells), m.Page)
	default:
		g.Summary = fmt.Sprintf("%d of %d attempts went otherwise than %s says.", differ, len(m.Cells), m.Page)
	}
	return g
}

// row finds the caller's row, or adds one with nothing tried.
func (g *grid) row(name, caps string) *callerRow {
	u := slices.IndexFunc(g.Users, func(u user) bool { return u.Name == name })
	if u < 0 {
		u = len(g.Users)
		g.Users = append(g.Users, user{Name: name})
	}
	rows := &g.Users[u].Rows
	r := slices.IndexFunc(*rows, func(r callerRow) bool { return r.Caps == caps })
	if r < 0 {
		r = len(*rows)
		empty := slices.Repeat([]attempt{{Class: "absent", Seen: "not tried"}}, len(g.Targets))
		*rows = append(*rows, callerRow{caps, empty})
	}
	return &(*rows)[r]
}

func attemptOf(c reports.Cell) attempt {
	a := attempt{Class: "yes", Seen: outcome(c.Seen), Because: c.Because}
	if c.Seen != "" {
		a.Class = "no"
	}
	if c.Seen != c.Rule {
		a.Rule = outcome(c.Rule)
	}
	return a
}

func outcome(err string) string {
	if err == "" {
		return "yes"
	}
	return err
}
