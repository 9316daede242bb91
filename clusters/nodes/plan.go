package nodes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/gateproof/gateproof/clusters/input"
)

// Node is one on which the claims are to be proved.
type Node struct {
	Name      string     `json:"name"`
	Kind      Kind       `json:"kind"`
	Unreached *Unreached `json:"unreached,omitempty"` // as the list was taken; nil where pods can come to it
}

// Left is a node that is left out, with the reason.
type Left struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Plan is on which nodes the claims are to be proved.
type Plan struct {
	Asked string `json:"asked"`           // as NODES has it
	Nodes []Node `json:"nodes,omitempty"` // chosen, those first that pods can come to
	Left  []Left `json:"left,omitempty"`  // out of consideration
	All   int    `json:"all"`             // of the cluster, but for Left
	Kinds int    `json:"kinds"`           // of these
	Named bool   `json:"named,omitempty"` // by somebody: a selector, or names
	// Unknown says why nodes are not told apart; "" where they are. Pods then go where the scheduler puts them.
	Unknown string `json:"unknown,omitempty"`
}

// Selectors are what of a cluster's RuntimeClasses decides where pods go.
type Selectors struct {
	Classes      Classes
	RuntimeClass string // that the suite's pods run by; "" for the nodes' own runtime
}

// Choose makes the plan for a cluster with these nodes. It does not depend on their order. The error is input.Err: a name or a selector that fits no node.
func Choose(c Choice, list []corev1.Node, of Selectors) (Plan, error) {
	p := Plan{Asked: c.Asked, Named: c.Explicit()}
	list = slices.SortedFunc(slices.Values(list), func(a, b corev1.Node) int { return cmp.Compare(a.Name, b.Name) })
	count := map[string]int{} // by kind
	var chosen []Node
	for _, n := range list {
		why := out(n, of)
		if why == "" && c.Asked == EachKind && n.Status.NodeInfo.KubeletVersion == "" {
			why = "its kubelet has never said what it runs"
		}
		if why != "" {
			p.Left = append(p.Left, Left{n.Name, why})
			continue
		}
		node := Node{Name: n.Name, Kind: kindOf(n, of.Classes), Unreached: unreached(n)}
		p.All++
		count[node.Kind.String()]++
		if c.chooses(n) {
			chosen = append(chosen, node)
		}
	}
	p.Kinds = len(count)
	if err := c.missing(chosen, p.Left, list); err != nil {
		return p, err
	}
	slices.SortStableFunc(chosen, func(a, b Node) int { return cmp.Compare(rank(a), rank(b)) })
	if c.Asked == EachKind {
		chosen = oneOfEach(chosen)
		// The commonest first: what one node is enough for is proved on a usual one.
		slices.SortStableFunc(chosen, func(a, b Node) int {
			return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(count[b.Kind.String()], count[a.Kind.String()]))
		})
	}
	p.Nodes = chosen
	return p, nil
}

// rank puts nodes that pods can come to before others, and those that may recover before those that are closed.
func rank(n Node) int {
	switch {
	case n.Unreached == nil:
		return 0
	case !n.Unreached.Closed:
		return 1
	}
	return 2
}

// oneOfEach keeps the first node of each kind.
func oneOfEach(list []Node) (out []Node) {
	seen := map[string]bool{}
	for _, n := range list {
		if kind := n.Kind.String(); !seen[kind] {
			seen[kind] = true
			out = append(out, n)
		}
	}
	return out
}

func (c Choice) chooses(n corev1.Node) bool {
	switch {
	case c.Selector != nil:
		return c.Selector.Matches(labels.Set(n.Labels))
	case c.Names != nil:
		return slices.Contains(c.Names, n.Name)
	}
	return true
}

// missing refuses names that no node has, or that are left out, and a selector that selects none.
func (c Choice) missing(chosen []Node, left []Left, list []corev1.Node) error {
	for _, name := range c.Names {
		if slices.ContainsFunc(chosen, func(n Node) bool { return n.Name == name }) {
			continue
		}
		if i := slices.IndexFunc(left, func(l Left) bool { return l.Name == name }); i >= 0 {
			return input.Errorf("%s: node %s cannot be chosen: %s", input.Name("NODES"), name, left[i].Why)
		}
		return input.Errorf("%s: there is no node %s; %s", input.Name("NODES"), name, there(list))
	}
	if c.Selector != nil && len(chosen) == 0 {
		return input.Errorf("%s=%s selects none of the cluster's %d nodes", input.Name("NODES"), c.Asked, len(list))
	}
	return nil
}

// mostNamed is how many nodes are named in a message.
const mostNamed = 20

func there(list []corev1.Node) string {
	var names []string
	for _, n := range list {
		if len(names) == mostNamed {
			return fmt.Sprintf("there are %d: %s, ...", len(list), strings.Join(names, ", "))
		}
		names = append(names, n.Name)
	}
	return "there are: " + cmp.Or(strings.Join(names, ", "), "none")
}

func matches(selector map[string]string, n corev1.Node) bool {
	return labels.SelectorFromSet(selector).Matches(labels.Set(n.Labels))
}
