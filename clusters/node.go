package clusters

import (
	"context"

	"github.com/gateproof/gateproof/clusters/run"
)

// Node is one node of a cluster of ours, reached through its container.
type Node struct {
	Name      string // in Kubernetes
	Container string // of the engine
	Started   string // when that container started, as the engine writes it
}

// Exec runs argv on the node and returns its standard output. Errors are *run.Error.
func (n *Node) Exec(ctx context.Context, argv ...string) (string, error) {
	return run.Output(ctx, append([]string{"docker", "exec", n.Container}, argv...)...)
}
