package lane

import (
	"cmp"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// Node is one of a lane's nodes beside its control plane.
type Node struct {
	Name         string    // in reports, and the end of its name in Kubernetes: lower-case letters, digits and dashes
	Version      string    // of its kubelet, and of all else that its node image has; "" for the lane's
	Kubelet      *bool     // the gate of its kubelet; nil for the lane's
	RuntimeClass string    // what the suite's pods run by there; "" for the lane's
	Containerd   string    // whose package its containerd is, a Debian suite's; "" for its image's own
	Processes    Processes // what becomes there of a pod that asks for sharing; "" for the lane's expectation
}

// ControlPlane is what reports call the node with the control plane, where a lane has others.
const ControlPlane = "control-plane"

// On is the lane as it is on one of its nodes: the gate of that node's kubelet, its runtime, and what is expected there. The version stays that of the
// control plane: it says what the API has.
func (l Lane) On(n Node) Lane {
	l.RuntimeClass = cmp.Or(n.RuntimeClass, l.RuntimeClass)
	if n.Kubelet != nil {
		l.Gate = maps.Clone(l.Gate)
		l.Gate[Kubelet] = *n.Kubelet
	}
	if n.Processes != "" {
		l.Expect.Processes = n.Processes
	}
	return l
}

// VersionOf is the release that a node of the lane is of.
func (l Lane) VersionOf(n Node) string { return cmp.Or(n.Version, l.Version) }

// Versions are the releases that its nodes are of, the control plane's first, each once.
func (l Lane) Versions() []string {
	out := []string{l.Version}
	for _, n := range l.Nodes {
		if v := l.VersionOf(n); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// Runtimes are the RuntimeClasses that its nodes' pods run by, each once; the nodes' own runtime is none.
func (l Lane) Runtimes() []string {
	var out []string
	for _, n := range append([]Node{{}}, l.Nodes...) {
		if r := l.On(n).RuntimeClass; r != "" && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// Containerds are those that its nodes have instead of their image's own, each once.
func (l Lane) Containerds() []string {
	var out []string
	for _, n := range l.Nodes {
		if n.Containerd != "" && !slices.Contains(out, n.Containerd) {
			out = append(out, n.Containerd)
		}
	}
	return out
}

// Size is the number of its nodes.
func (l Lane) Size() int { return 1 + len(l.Nodes) }

// GatesDiffer says whether one of its kubelets has the gate on, and another one off.
func (l Lane) GatesDiffer() bool {
	return slices.ContainsFunc(l.Nodes, func(n Node) bool { return l.On(n).Has(Kubelet) != l.Has(Kubelet) })
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
			"name":    {required: true, read: func(n *yaml.Node) { node.Name = d.match(n, "name", NamePattern, "worker") }},
			"version": {read: func(n *yaml.Node) { node.Version = d.match(n, "version", laneVersion, "v1.16.15") }},
			"kubelet": {read: func(n *yaml.Node) {
				on := d.truth(n, "kubelet", "leave it out for the lane's")
				node.Kubelet = &on
			}},
			"runtimeClass": {read: func(n *yaml.Node) { node.RuntimeClass = oneOf(d, n, "runtimeClass", RuntimeClasses...) }},
			"containerd":   {read: func(n *yaml.Node) { node.Containerd = oneOf(d, n, "containerd", Containerds...) }},
			"processes":    {read: func(n *yaml.Node) { node.Processes = oneOf(d, n, "processes", Shared, Isolated) }},
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
		if node.Version != "" && len(d.errs) == 0 && kubeversion.Compare(node.Version, l.Version) > 0 {
			d.fail(n, "nodes: %s: version: a kubelet is never newer than the API server, which is %s", node.Name, l.Version)
		}
		if node.RuntimeClass != "" && len(d.errs) == 0 && !kubeversion.AtLeast(l.VersionOf(node), runtimeClassSince) {
			d.fail(n, "nodes: %s: runtimeClass: it needs %s or later", node.Name, runtimeClassSince)
		}
		if node.Containerd != "" && len(d.errs) == 0 && !kubeversion.AtLeast(l.VersionOf(node), runtimeClassSince) {
			d.fail(n, "nodes: %s: containerd: it needs %s or later", node.Name, runtimeClassSince)
		}
		if node.Processes == Shared && l.Expect.Field != Kept {
			d.fail(n, "nodes: %s: a field that is %s cannot lead to processes: shared", node.Name, l.Expect.Field)
		}
	}
}
