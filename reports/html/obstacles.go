package html

import "github.com/gateproof/gateproof/reports"

// obstacle is what stood between the suite and some claims: one cause.
type obstacle struct {
	Words, Remedy string
	Lanes         []unseenIn
	Said          []string
}

// unseenIn are the claims that could not be observed in a lane.
type unseenIn struct {
	Lane   string
	Claims []unseen
}

// unseen is one of them; ID is its evidence's.
type unseen struct {
	ID, Claim   string
	Informative bool
}

func obstaclesOf(run reports.Run, columns []reports.Lane, groups []group) []obstacle {
	var out []obstacle
	for _, o := range run.Obstacles() {
		one := obstacle{Words: o.Cause.Words(), Remedy: o.Cause.Remedy()}
		for _, said := range o.Said {
			one.Said = append(one.Said, reports.Printable(said))
		}
		for _, l := range columns {
			if claims := unseenOf(groups, l.Name, o.Cause); len(claims) > 0 {
				one.Lanes = append(one.Lanes, unseenIn{l.Name, claims})
			}
		}
		out = append(out, one)
	}
	return out
}

// unseenOf finds the claims among those that the page shows.
func unseenOf(groups []group, lane string, cause reports.Cause) (out []unseen) {
	for _, g := range groups {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				for _, s := range c.Sides {
					if s.Lane == lane && s.Cause == cause.Words() {
						out = append(out, unseen{s.ID, r.Claim, r.Informative})
					}
				}
			}
		}
	}
	return out
}
