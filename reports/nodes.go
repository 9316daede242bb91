package reports

import "slices"

// Nodes are those of a lane's cluster, where its claims were proved node by node. The list was taken before the first claim: it is what was to be found
// out, whatever became of it.
type Nodes struct {
	Of    int       `json:"of"`    // the cluster has so many, without those left out
	Kinds int       `json:"kinds"` // of so many kinds
	List  []Node    `json:"list"`  // that were chosen, in the order of their results
	Left  []LeftOut `json:"leftOut,omitempty"`
}

// Node is one on which the claims were to be proved.
type Node struct {
	Name      string `json:"name"`                // by which results name it
	Kubelet   string `json:"kubelet,omitempty"`   // its version
	Runtime   string `json:"runtime,omitempty"`   // what its pods run by, with its version, where a lane's nodes differ in that
	Kind      string `json:"kind,omitempty"`      // kubelet, runtime, kernel, architecture, OS image: two of one kind are alike
	Line      string `json:"line,omitempty"`      // the kind without versions: what one run has in common with the next
	Expect    string `json:"expect,omitempty"`    // the declared outcome: shared or isolated
	Unreached string `json:"unreached,omitempty"` // why no pod could come to it; empty where some could
	Excused   bool   `json:"excused,omitempty"`   // of an unreached one: that is to be shown, and keeps no run from a verdict
}

// LeftOut is a node on which there is nothing to prove.
type LeftOut struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// String names the node as headlines do: worker-2 (kubelet v1.16.15).
func (n Node) String() string {
	if n.Kubelet == "" {
		return n.Name
	}
	return n.Name + " (kubelet " + n.Kubelet + ")"
}

// notReached says so of the node in words.
func (n Node) notReached() string { return n.String() + ": not reached: " + n.Unreached }

// On is the node of the result as headlines name it; "" where the lane was one place.
func (r Result) On() string { return Node{Name: r.Node, Kubelet: r.Kubelet}.String() }

// at begins a line on the result: its node, where claims were proved node by node.
func (r Result) at() string {
	if r.Node == "" {
		return ""
	}
	return r.On() + ": "
}

// node finds one of the lane's by its name; one that is not known has no more than that.
func (l Lane) node(name string) Node {
	if l.Nodes != nil {
		if i := slices.IndexFunc(l.Nodes.List, func(n Node) bool { return n.Name == name }); i >= 0 {
			return l.Nodes.List[i]
		}
	}
	return Node{Name: name}
}

// placed is the result with what is known of its node.
func (l Lane) placed(r Result) Result {
	if r.Node != "" {
		r.Kubelet = l.node(r.Node).Kubelet
	}
	return r
}

// missed are the nodes that no pod could come to.
func (l Lane) missed() []Node {
	if l.Nodes == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.Nodes.List), func(n Node) bool { return n.Unreached == "" })
}

// unreached are the problems of the missed nodes. One that is excused is a warning.
func (l Lane) unreached() (out []Problem) {
	for _, n := range l.missed() {
		out = append(out, Problem{Step: "reach the nodes", Message: n.notReached(), Warning: n.Excused})
	}
	return out
}
