package nodes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ByNode says that the claims are proved node by node, and reported so: more than one was chosen, or somebody has named them.
func (p Plan) ByNode() bool { return len(p.Nodes) > 1 || p.Named && len(p.Nodes) > 0 }

// Reachable are the chosen nodes that pods can come to.
func (p Plan) Reachable() []Node {
	return slices.DeleteFunc(slices.Clone(p.Nodes), func(n Node) bool { return n.Unreached != nil })
}

// Excuses says that a node which was not reached keeps the run from no verdict: its administrators keep pods away from it, or nobody has asked for more than
// what there is to be seen of each kind.
func (p Plan) Excuses(n Node) bool {
	return n.Unreached != nil && (n.Unreached.Closed || p.Asked == EachKind)
}

// Home is the node for what one node is enough for: the first that pods can come to. "" where there is no choice to make, or nothing to choose from.
func (p Plan) Home() string {
	if reachable := p.Reachable(); len(reachable) > 0 && p.All > 1 {
		return reachable[0].Name
	}
	return ""
}

// Arch is the chosen nodes' architecture, that of the first; "" where nothing is known.
func (p Plan) Arch() string {
	for _, n := range p.Nodes {
		if n.Kind.Arch != "" {
			return n.Kind.Arch
		}
	}
	return ""
}

// String is the plan in words: "3 of 40 nodes, 3 of 3 kinds: a, b, c".
func (p Plan) String() string {
	if p.Unknown != "" {
		return "one, unknown: " + p.Unknown
	}
	var names []string
	kinds := map[string]bool{}
	for _, n := range p.Nodes {
		kinds[n.Kind.String()] = true
		switch {
		case len(names) == mostNamed:
			names = append(names, "...")
		case len(names) > mostNamed:
		case n.Unreached != nil:
			names = append(names, fmt.Sprintf("%s (not reached: %s)", n.Name, n.Unreached.Why))
		default:
			names = append(names, n.Name)
		}
	}
	words := fmt.Sprintf("%d of %d, %d of %d kinds: %s", len(p.Nodes), p.All, len(kinds), p.Kinds, cmp.Or(strings.Join(names, ", "), "none"))
	for _, l := range p.Left {
		words += fmt.Sprintf("; without %s: %s", l.Name, l.Why)
	}
	return words
}
