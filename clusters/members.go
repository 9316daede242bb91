package clusters

import (
	"context"
	"fmt"
	"strconv"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/nodes"
)

// Member is one of the nodes of a lane that declares several.
type Member struct {
	Declared lane.Node
	Node     *Node
	Kind     nodes.Kind // as it says of itself
	Gate     string     // of its kubelet, as read back
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

// WaitMembers returns when each node of a lane with several is Ready and takes pods, and notes what each says of itself. A lane with one has no more to
// wait for than WaitReady and WaitUntainted do.
func (c *Cluster) WaitMembers(ctx context.Context) error {
	for i := range c.Members {
		m := &c.Members[i]
		at := *c
		at.Node = m.Node
		if err := at.WaitReady(ctx); err != nil {
			return err
		}
		if err := at.WaitUntainted(ctx); err != nil {
			return err
		}
		m.Kind = nodes.Kind{Kubelet: at.Facts["kubelet"], Runtime: at.Facts["container runtime"], Kernel: at.Facts["kernel"], Arch: at.Arch, OS: at.Facts["os"]}
	}
	return nil
}

// readBackMembers reads the gate of each node's kubelet back, and compares it with what the lane declares of that node.
func (c *Cluster) readBackMembers(ctx context.Context) error {
	for i := range c.Members {
		m := &c.Members[i]
		at := *c
		at.Node = m.Node
		procs, err := m.Node.programs(ctx)
		if err != nil {
			return err
		}
		p, ok := procs[string(lane.Kubelet)]
		if !ok {
			return fmt.Errorf("no process of %s on node %s", lane.Kubelet, m.Node.Name)
		}
		if m.Gate, err = at.gateOf(ctx, lane.Kubelet, p); err != nil {
			return fmt.Errorf("%s on node %s: %w", lane.Kubelet, m.Node.Name, err)
		}
		want := NotNamed
		if v, named := c.Lane.On(m.Declared).Gate[lane.Kubelet]; named {
			want = strconv.FormatBool(v)
		}
		if m.Gate != want {
			return fmt.Errorf("%s on node %s runs with %s %s, the lane (%s) declares %s", lane.Kubelet, m.Node.Name, lane.Gate, m.Gate, c.Lane.File, want)
		}
	}
	return nil
}
