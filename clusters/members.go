package clusters

import (
	"context"
	"fmt"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
)

// Member is one of the nodes of a lane that declares several.
type Member struct {
	Declared lane.Node
	Node     *Node
	Kind     nodes.Kind // as it says of itself
	Gate     string     // of its kubelet, as read back
	Runtime  string     // what the suite's pods run by there, with its version, crun 1.21; "" for the node's own
}

// AllNodes are the nodes of a cluster of ours, the control plane first.
func (c Cluster) AllNodes() []*Node {
	if len(c.Members) == 0 {
		return []*Node{c.Node}
	}
	var out []*Node
	for _, m := range c.Members {
		out = append(out, m.Node)
	}
	return out
}

// At is the cluster with one of its declared nodes in the control plane's place.
func (c Cluster) At(name string) (Cluster, error) {
	for _, m := range c.Members {
		if m.Declared.Name == name {
			return *c.on(m), nil
		}
	}
	return c, fmt.Errorf("lane %s has no node %s", c.Lane.Name, name)
}

// With are the nodes on which the suite's pods run by a RuntimeClass.
func (c Cluster) With(runtimeClass string) []*Node {
	if len(c.Members) == 0 {
		return []*Node{c.Node}
	}
	var out []*Node
	for _, m := range c.Members {
		if c.Lane.On(m.Declared).RuntimeClass == runtimeClass {
			out = append(out, m.Node)
		}
	}
	return out
}

// on is the cluster as it is asked about one of its nodes.
func (c Cluster) on(m Member) *Cluster {
	c.Node = m.Node
	return &c
}

// WaitMembers returns when each node of a lane with several is Ready and takes pods, and notes what each says of itself. A lane with one has no more to
// wait for than WaitReady and WaitUntainted do.
func (c *Cluster) WaitMembers(ctx context.Context) error {
	for i, m := range c.Members {
		at := c.on(m)
		if err := at.WaitReady(ctx); err != nil {
			return err
		}
		if err := at.WaitUntainted(ctx); err != nil {
			return err
		}
		c.Members[i].Kind = nodes.Kind{Kubelet: at.Facts["kubelet"], Runtime: at.Facts["container runtime"], Kernel: at.Facts["kernel"], Arch: at.Arch, OS: at.Facts["os"]}
		if class := c.Lane.On(m.Declared).RuntimeClass; class != "" {
			c.Members[i].Kind.Classes = []string{class}
		}
	}
	return nil
}

// readBackMembers reads the gate of each node's kubelet back, and compares it with what the lane declares of that node.
func (c *Cluster) readBackMembers(ctx context.Context) error {
	for i, m := range c.Members {
		procs, err := m.Node.programs(ctx)
		if err != nil {
			return err
		}
		gate, err := c.on(m).gateOf(ctx, lane.Kubelet, procs)
		if err != nil {
			return err
		}
		c.Members[i].Gate = gate
		if err := compareGate(c.Lane.On(m.Declared), lane.Kubelet, fmt.Sprintf("%s on node %s", lane.Kubelet, m.Node.Name), gate); err != nil {
			return err
		}
	}
	return nil
}
