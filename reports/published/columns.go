package published

import (
	"cmp"
	"slices"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/conformance"
)

// Column is a lane of a report, or one of its nodes, where the claims were proved node by node.
type Column struct {
	Entry
	Lane conformance.Lane
	Node conformance.NodeOf // the zero one for a lane that was one place
}

// Columns are the lanes of all reports, and their nodes, in the order of the entries.
func (r Results) Columns() (out []Column) {
	for _, e := range r.Entries {
		out = append(out, e.columns()...)
	}
	return out
}

func (e Entry) columns() (out []Column) {
	for _, l := range e.Report.Lanes {
		if l.Nodes == nil {
			out = append(out, Column{Entry: e, Lane: l})
			continue
		}
		for _, n := range l.Nodes.List {
			out = append(out, Column{e, l, n})
		}
	}
	return out
}

// Name is what the column has beside the release: runtime and lane, or lane and node.
func (c Column) Name() string {
	if c.Node.Name == "" {
		return c.Runtime + " " + c.Lane.Name
	}
	return c.Lane.Name + " " + c.Node.Name
}

// By is what ran the column's pods, with its version; "" where that was not told.
func (c Column) By() string { return cmp.Or(c.Node.Runtime, c.Lane.Node.OCIRuntime) }

// Claim finds a claim's verdict.
func (c Column) Claim(id string) (conformance.Claim, bool) {
	i := slices.IndexFunc(c.Lane.Claims, func(one conformance.Claim) bool { return one.ID == id && one.Node == c.Node.Name })
	if i < 0 {
		return conformance.Claim{}, false
	}
	return c.Lane.Claims[i], true
}

// Claims are all that any report has, in the order in which reports have them.
func (r Results) Claims() (out []conformance.Claim) {
	for _, e := range r.Entries {
		for _, l := range e.Report.Lanes {
			for _, one := range l.Claims {
				if !slices.ContainsFunc(out, func(other conformance.Claim) bool { return other.ID == one.ID }) {
					out = append(out, one)
				}
			}
		}
	}
	return out
}

// Thread is where upstream speaks of what the column found of a claim, that it contradicts or could not observe; none where it holds, or nobody does.
func (r Results) Thread(found conformance.Claim, c Column) Thread {
	if found.Verdict != reports.Contradicted && found.Verdict != reports.NotObserved {
		return Thread{}
	}
	i := slices.IndexFunc(r.Threads, func(t Thread) bool { return t.Claim == found.ID && t.Runtime == c.Runtime })
	if i < 0 {
		return Thread{}
	}
	return r.Threads[i]
}
