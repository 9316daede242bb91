package suite

import (
	"cmp"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// nodesForReport are the nodes that the lane's claims were to be proved on, where that is node by node; nil elsewhere. up is the lane's cluster, the
// zero one where it has not come up.
func nodesForReport(asked settings.Settings, l lane.Lane, up clusters.Cluster) *reports.Nodes {
	if asked.Existing != nil {
		return chosenForReport(asked, l)
	}
	if len(l.Nodes) == 0 {
		return nil
	}
	out := &reports.Nodes{Of: len(l.All())}
	kinds := map[string]bool{}
	for i, n := range l.All() {
		node := reports.Node{Name: n.Name, Line: n.Name, Expect: string(l.On(n).Expect.Processes)} // a declared node is called by what it is
		if i < len(up.Members) {
			m := up.Members[i]
			node.Kubelet, node.Kind = m.Kind.Kubelet, m.Kind.String()+", "+lane.Gate+" "+m.Gate
			if len(l.Runtimes())+len(l.Containerds()) > 0 {
				node.Runtime = cmp.Or(m.Runtime, strings.Replace(up.Facts["oci runtime"], " version ", " ", 1))
				node.Kind += ", " + node.Runtime
			}
		}
		kinds[node.Kind] = true
		out.List = append(out.List, node)
	}
	out.Kinds = len(kinds)
	return out
}

func chosenForReport(asked settings.Settings, l lane.Lane) *reports.Nodes {
	if !asked.Plan.ByNode() {
		return nil
	}
	out := &reports.Nodes{Of: asked.Plan.All, Kinds: asked.Plan.Kinds}
	for _, n := range asked.Plan.Nodes {
		node := reports.Node{Name: n.Name, Kubelet: n.Kind.Kubelet, Kind: n.Kind.String(), Line: n.Kind.Line(), Expect: string(l.Expect.Processes)}
		if n.Unreached != nil {
			node.Unreached, node.Excused = n.Unreached.Why, asked.Plan.Excuses(n)
		}
		out.List = append(out.List, node)
	}
	for _, n := range asked.Plan.Left {
		out.Left = append(out.Left, reports.LeftOut{Name: n.Name, Why: n.Why})
	}
	return out
}
