package up

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/ociruntime"
	"github.com/gateproof/gateproof/clusters/progress"
)

// containerdInNode is where a node has a containerd that is not its image's.
const containerdInNode = "/opt/gateproof/containerd"

// insteadScript puts the programs "$@" in the place of the node's own.
const insteadScript = `set -e
systemctl stop containerd
for program; do ln -sf "$program" "/usr/local/bin/${program##*/}"; done
systemctl start containerd`

// otherContainerds gives nodes the containerd that the lane declares of them, before they join. It returns what is to be called at the beginning of each of
// kind's steps.
func otherContainerds(ctx context.Context, step *progress.Step, c clusters.Cluster, runtimes map[string]runtime) func(string) {
	return func(what string) {
		if !strings.HasPrefix(what, joining) {
			return
		}
		for _, m := range c.Members {
			if m.Declared.Containerd == "" {
				continue
			}
			if err := runtimes[ociruntime.ContainerdOf(m.Declared.Containerd)].replace(ctx, m.Node); err != nil {
				step.Note("another containerd: " + err.Error()) // awaitContainerds says that it is not there
			}
		}
	}
}

// replace gives a node this containerd.
func (r runtime) replace(ctx context.Context, n *clusters.Node) error {
	if err := intoNode(ctx, n, r.folder, containerdInNode); err != nil {
		return err
	}
	argv := []string{"sh", "-c", insteadScript, "sh"}
	for _, program := range r.Instead {
		argv = append(argv, path.Join(containerdInNode, program))
	}
	_, err := n.Exec(ctx, argv...)
	return err
}

// sureOfContainerds refuses a node whose containerd is not the one that the lane declares, and notes which each node has.
func sureOfContainerds(ctx context.Context, c *clusters.Cluster) error {
	if c.Lane.Containerds() == nil {
		return nil
	}
	for i, m := range c.Members {
		c.Members[i].Runtime = strings.TrimSuffix(strings.Replace(m.Kind.Runtime, "://", " ", 1), "+unknown") // which is the commit
		if m.Declared.Containerd == "" {
			continue
		}
		out, err := m.Node.Exec(ctx, "sh", "-c", "readlink /proc/$(pidof containerd)/exe")
		if err != nil || !strings.HasPrefix(out, containerdInNode) {
			return fmt.Errorf("node %s should run the containerd of %s, and runs %s (%w)", m.Declared.Name, m.Declared.Containerd, strings.TrimSpace(out), err)
		}
	}
	return nil
}
