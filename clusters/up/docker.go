package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// starting is kind's step before which nodes run and have no kubelet yet.
const starting = "Starting control-plane"

// withDocker brings Docker into the node of a lane whose kubelet wants it. It returns what is to be called at the beginning of each of kind's steps;
// fail is told what goes wrong.
func withDocker(ctx context.Context, step *progress.Step, c clusters.Cluster, folder string, fail func(error)) func(string) {
	return func(what string) {
		if c.Lane.ContainerRuntime == "" || !strings.HasPrefix(what, starting) {
			return
		}
		step.Note("starting Docker in the node")
		if err := intoNode(ctx, c.Node, folder, dockershim.InNode); err != nil {
			fail(err)
		} else if _, err := c.Node.Exec(ctx, dockershim.Start); err != nil {
			fail(fmt.Errorf("starting Docker in the node: %w%s", err, journal(ctx, c.Node)))
		} else {
			step.Note(what)
		}
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
