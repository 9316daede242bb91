package up

import (
	"context"
	"fmt"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/run"
)

// startDocker has Docker run in the node of a lane whose kubelet wants it, from what is in folder.
func startDocker(folder string) func(context.Context, *clusters.Node) error {
	return func(ctx context.Context, n *clusters.Node) error {
		if err := intoNode(ctx, n, folder, dockershim.InNode); err != nil {
			return err
		}
		if _, err := n.Exec(ctx, dockershim.Start); err != nil {
			return fmt.Errorf("%w%s", err, journal(ctx, n))
		}
		return nil
	}
}

// intoNode copies a folder of this machine into a node.
func intoNode(ctx context.Context, n *clusters.Node, folder, to string) error {
	if _, err := n.Exec(ctx, "mkdir", "-p", to); err != nil {
		return err
	}
	if _, err := run.Output(ctx, "docker", "cp", folder+"/.", n.Container+":"+to); err != nil {
		return fmt.Errorf("%s to the node: %w", folder, onengine.ExplainFull(ctx, err))
	}
	return nil
}
