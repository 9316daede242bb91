package html

import (
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// group is a part of the catalogue.
type group struct {
	Name  string
	Lanes []lane
	Rows  []row
}

// row is one claim in all lanes.
type row struct {
	ID, Claim, Title string
	Informative      bool
	Contradicted     bool   // and that decides
	Cells            []cell // one a lane
	Words            string // what the filter looks at, in lower case
	Columns          int    // of the table
}

// cell is one claim in one lane. A lane without a result of the claim has none; merged runs may have more than one.
type cell struct {
	Lane  string
	Sides []side
}

// groupsOf lists groups and claims in the order in which the lanes have them.
func groupsOf(lanes []reports.Lane) (groups []group, claims int) {
	ids := ids{}
	var columns []lane
	for _, l := range lanes {
		columns = append(columns, laneOf(l))
	}
	for _, l := range lanes {
		for _, r := range l.Results {
			i := slices.IndexFunc(groups, func(g group) bool { return g.Name == r.Group })
			if i < 0 {
				i = len(groups)
				groups = append(groups, group{Name: r.Group, Lanes: columns})
			}
			if !slices.ContainsFunc(groups[i].Rows, func(x row) bool { return x.Claim == r.Claim }) {
				groups[i].Rows = append(groups[i].Rows, rowOf(r, lanes, ids))
				claims++
			}
		}
	}
	return groups, claims
}

func rowOf(of reports.Result, lanes []reports.Lane, ids ids) row {
	out := row{ID: ids.unique(of.Claim), Claim: of.Claim, Title: reports.Printable(of.Title), Informative: of.Kind == reports.Informative, Columns: len(lanes) + 1}
	words := []string{of.Claim, of.Title, of.Group, string(of.Kind)}
	for _, l := range lanes {
		c := cell{Lane: l.Name}
		for _, r := range l.Results {
			if r.Claim != of.Claim || r.Group != of.Group {
				continue
			}
			s := sideOf(ids.unique(r.Claim+"."+l.Name), l, r)
			c.Sides = append(c.Sides, s)
			out.Contradicted = out.Contradicted || s.Verdict == reports.Contradicted && r.Kind != reports.Informative
			words = append(words, s.Failure, s.Reason, s.Cause)
		}
		out.Cells = append(out.Cells, c)
	}
	out.Words = strings.ToLower(reports.Printable(strings.Join(words, " ")))
	return out
}
