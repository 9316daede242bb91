package lane

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Node is one of a lane's nodes beside its control plane.
type Node struct {
	Name      string    // in reports, and the end of its name in Kubernetes: lower-case letters, digits and dashes
	Kubelet   *bool     // the gate of its kubelet; nil for the lane's
	Processes Processes // what becomes there of a pod that asks for sharing; "" for the lane's expectation
}

// ControlPlane is what reports call the node with the control plane, where a lane has others.
const ControlPlane = "control-plane"

// On is the lane as it is on one of its nodes: the gate of that node's kubelet, and what is expected there.
func (l Lane) On(n Node) Lane {
	if n.Kubelet != nil {
		l.Gate = maps.Clone(l.Gate)
		l.Gate[Kubelet] = *n.Kubelet
	}
	if n.Processes != "" {
		l.Expect.Processes = n.Processes
	}
	return l
}

// All are the lane's nodes, the control plane first; nil where that is the only one.
func (l Lane) All() []Node {
	if len(l.Nodes) == 0 {
		return nil
	}
	return append([]Node{{Name: ControlPlane}}, l.Nodes...)
}

// nodes reads the nodes beside the control plane.
func (d *decoder) nodes(n *yaml.Node) []Node {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		d.fail(n, "nodes: want a list of nodes beside the control plane, as in - name: worker")
		return nil
	}
	var out []Node
	for _, v := range n.Content {
		var node Node
		d.mapping(v, "node", fieldSet{
			"name": {required: true, read: func(n *yaml.Node) { node.Name = d.match(n, "name", NamePattern, "worker") }},
			"kubelet": {read: func(n *yaml.Node) {
				on := d.truth(n, "kubelet", "leave it out for the lane's")
				node.Kubelet = &on
			}},
			"processes": {read: func(n *yaml.Node) { node.Processes = oneOf(d, n, "processes", Shared, Isolated) }},
		})
		if node.Name == ControlPlane || slices.ContainsFunc(out, func(o Node) bool { return o.Name == node.Name }) {
			d.fail(v, "nodes: %s is there twice; %s is the one that every lane has", node.Name, ControlPlane)
		}
		out = append(out, node)
	}
	return out
}

// nodesFit refuses what no cluster could be, and what nobody could expect.
func (d *decoder) nodesFit(n *yaml.Node, l Lane) {
	for _, node := range l.Nodes {
		if node.Kubelet != nil && l.Gate == nil {
			d.fail(n, "nodes: %s: kubelet: the lane names no gate", node.Name)
		}
		if node.Processes == Shared && l.Expect.Field != Kept {
			d.fail(n, "nodes: %s: a field that is %s cannot lead to processes: shared", node.Name, l.Expect.Field)
		}
	}
}
