package html

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gateproof/gateproof/reports"
)

// lane is a lane's line in the overview, and the head of its column.
type lane struct {
	Name, Version, Expect string
	Boot                  string
	Counts                reports.Counts
	Problems              int
}

func laneOf(l reports.Lane) lane {
	out := lane{Name: l.Name, Version: l.Version, Expect: l.Expect, Problems: len(l.Problems)}
	out.Counts = reports.Run{Lanes: []reports.Lane{l}}.Count()
	if l.Boot > 0 {
		out.Boot = took(l.Boot)
	}
	return out
}

// comparedFact is a fact with its value in every lane.
type comparedFact struct {
	Name   string
	Values []string
	Differ bool
}

// compare puts the lanes' facts beside each other.
func compare(lanes []reports.Lane) []comparedFact {
	if len(lanes) == 0 {
		return nil
	}
	names := map[string]bool{}
	for _, l := range lanes {
		for name := range l.Facts {
			names[name] = true
		}
	}
	out := []comparedFact{
		factOf("Kubernetes", lanes, func(l reports.Lane) string { return l.Version }),
		factOf("processes expected", lanes, func(l reports.Lane) string { return l.Expect }),
		factOf("time until the node was ready", lanes, func(l reports.Lane) string { return fmt.Sprintf("%.1f s", l.Boot.Seconds()) }),
	}
	out[2].Differ = false // no two boots take the same time
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, factOf(name, lanes, func(l reports.Lane) string { return reports.Printable(l.Facts[name]) }))
	}
	return out
}

func factOf(name string, lanes []reports.Lane, of func(reports.Lane) string) comparedFact {
	f := comparedFact{Name: name}
	for _, l := range lanes {
		f.Values = append(f.Values, of(l))
	}
	for _, v := range f.Values {
		f.Differ = f.Differ || v != f.Values[0]
	}
	return f
}
