package clusters

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/run"
)

// Node is one node of a cluster of ours, reached through its container.
type Node struct {
	Name      string // in Kubernetes
	Container string // of the engine
	Started   string // when that container started, as the engine writes it
}

// Exec runs argv on the node and returns its standard output. Errors wrap a *run.Error; a full disk is told as a *diskfull.Error.
func (n *Node) Exec(ctx context.Context, argv ...string) (string, error) {
	out, err := run.Output(ctx, append([]string{"docker", "exec", n.Container}, argv...)...)
	return out, onengine.ExplainFull(ctx, err)
}

// StartTime is when the node's container started, as the engine writes it. One that does not run is an error.
func (n *Node) StartTime(ctx context.Context) (string, error) {
	out, err := run.Output(ctx, "docker", "container", "inspect", "--format={{.State.Running}} {{.State.StartedAt}}", n.Container)
	if err != nil {
		return "", err
	}
	running, started, _ := strings.Cut(strings.TrimSpace(out), " ")
	if running != "true" {
		return "", fmt.Errorf("the container %s does not run", n.Container)
	}
	return started, nil
}
