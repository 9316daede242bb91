package conformance

import "github.com/gateproof/gateproof/reports"

// Nodes are those of a lane's cluster that its claims were to be proved on.
type Nodes struct {
	Coverage string     `json:"coverage"` // in words
	Of       int        `json:"of"`       // the cluster has so many
	Kinds    int        `json:"kinds"`    // of so many kinds
	List     []NodeOf   `json:"list"`
	LeftOut  []NodeLeft `json:"leftOut,omitempty"`
}

// NodeOf is one of them.
type NodeOf struct {
	Name       string `json:"name"`
	Kubelet    string `json:"kubelet,omitempty"`
	Runtime    string `json:"runtime,omitempty"` // what its pods run by, with its version, where nodes differ in that
	Kind       string `json:"kind,omitempty"`
	Expect     string `json:"expect,omitempty"`
	NotReached string `json:"notReached,omitempty"` // why no pod could come to it
}

// NodeLeft is one on which there is nothing to prove.
type NodeLeft struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// nodesOf is nil for a lane that was one place.
func nodesOf(l reports.Lane) *Nodes {
	if l.Nodes == nil {
		return nil
	}
	out := &Nodes{Coverage: l.Coverage(), Of: l.Nodes.Of, Kinds: l.Nodes.Kinds, List: []NodeOf{}}
	for _, n := range l.Nodes.List {
		out.List = append(out.List, NodeOf{Name: n.Name, Kubelet: n.Kubelet, Runtime: n.Runtime, Kind: n.Kind, Expect: n.Expect, NotReached: n.Unreached})
	}
	for _, n := range l.Nodes.Left {
		out.LeftOut = append(out.LeftOut, NodeLeft{Name: n.Name, Why: n.Why})
	}
	return out
}
