package reports

import "slices"

// mostColumns is how many nodes of a lane a table has beside each other; where there are more, their kinds.
const mostColumns = 6

// Columns are the lanes as tables show them: one proved node by node as a column a node, or a kind where there are many.
func Columns(lanes []Lane) (out []Lane) {
	for _, l := range lanes {
		switch {
		case l.Nodes == nil:
			out = append(out, l)
		case len(l.reached()) <= mostColumns:
			out = append(out, l.byNode()...)
		default:
			out = append(out, l.byLine()...)
		}
	}
	return out
}

// ByKind are the lanes as they are compared from run to run: one proved node by node as one for each kind of node, whatever nodes are called and
// whichever release they run, each claim with the worst of its verdicts there.
func ByKind(lanes []Lane) (out []Lane) {
	for _, l := range lanes {
		if l.Nodes == nil {
			out = append(out, l)
			continue
		}
		for _, kind := range l.byLine() {
			out = append(out, kind.worst())
		}
	}
	return out
}

// Alike are the lanes of two runs by kinds of nodes; one that only one of the runs has proved node by node, as a rolling upgrade makes a second kind for a
// while, is one place in both.
func Alike(a, b []Lane) (x, y []Lane) {
	one := func(of, other []Lane) (out []Lane) {
		for _, l := range of {
			there, ok := Run{Lanes: other}.Lane(l.Name)
			if l.Nodes != nil && ok && there.Nodes == nil {
				l = l.worst()
				l.Nodes = nil
			}
			out = append(out, l)
		}
		return ByKind(out)
	}
	return one(a, b), one(b, a)
}

// reached are the nodes that have results.
func (l Lane) reached() (out []Node) {
	for _, n := range l.Nodes.List {
		if slices.ContainsFunc(l.Results, func(r Result) bool { return r.Node == n.Name }) {
			out = append(out, n)
		}
	}
	return out
}

func (l Lane) byNode() (out []Lane) {
	for _, n := range l.reached() {
		part := l.part(l.Name+" "+n.Name, n, func(r Result) bool { return r.Node == n.Name })
		part.Version = n.Kubelet
		out = append(out, part)
	}
	return out
}

func (l Lane) byLine() (out []Lane) {
	var lines []string
	for _, n := range l.reached() {
		if slices.Contains(lines, n.Line) {
			continue
		}
		lines = append(lines, n.Line)
		out = append(out, l.part(l.Name+" ("+n.Line+")", n, func(r Result) bool { return l.node(r.Node).Line == n.Line }))
	}
	return out
}

// part is the lane with some of its results; of is a node that has them.
func (l Lane) part(name string, of Node, has func(Result) bool) Lane {
	out := l
	out.Name, out.Expect, out.Runtime, out.Nodes, out.Results = name, of.Expect, of.Runtime, nil, nil
	for _, r := range l.Results {
		if has(r) {
			out.Results = append(out.Results, r)
		}
	}
	return out
}

// worst keeps one result of each claim.
func (l Lane) worst() Lane {
	var results []Result
	for _, r := range l.Results {
		if !slices.ContainsFunc(results, func(o Result) bool { return o.Claim == r.Claim }) {
			w, _ := l.Result(r.Claim)
			results = append(results, w)
		}
	}
	l.Results = results
	return l
}

// severity is the order in which one node's verdict on a claim stands for another's.
var severity = []Verdict{Contradicted, NotObserved, NotRun, Holds, NotApplicable}
