package alter

import (
	"context"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters"
)

// readyWithin bounds how long a restarted component may take to serve again. Measured: up to 15 s for the API server.
const readyWithin = 2 * time.Minute

// Altered is a cluster with a mutant on.
type Altered struct {
	// Off restores the cluster, and makes sure that it is as before. It is to be called even where On fails.
	Off func(context.Context) error
	// Kubeconfig leads to the cluster by the mutant; "" where the cluster's own does.
	Kubeconfig string
}

// whole is a cluster on which nothing has been broken.
var whole = Altered{Off: func(context.Context) error { return nil }}

// On breaks the cluster.
func (c Change) On(ctx context.Context, to clusters.Cluster) (Altered, error) {
	switch {
	case c.runtime():
		return c.runtimeOn(ctx, to.Node)
	case c.Node != nil:
		return c.nodeOn(ctx, to.Node)
	case c.Answer != "":
		return c.answersOn(to)
	}
	return c.admissionOn(ctx, to)
}

func (c Change) nodeOn(ctx context.Context, n *clusters.Node) (Altered, error) {
	off := func(ctx context.Context) error {
		if _, err := n.Exec(ctx, "bash", "-euc", c.Node.Restore); err != nil {
			return err
		}
		return c.await(ctx, n, "restored")
	}
	if _, err := n.Exec(ctx, "bash", "-euc", c.Node.Break); err != nil {
		return Altered{Off: off}, err
	}
	return Altered{Off: off}, c.await(ctx, n, "broken")
}

// await returns when what was restarted serves in that state.
func (c Change) await(ctx context.Context, n *clusters.Node, state string) error {
	deadline := time.Now().Add(readyWithin)
	for {
		_, err := n.Exec(ctx, "env", "STATE="+state, "bash", "-euc", c.Node.Ready)
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("node %s does not serve as %s within %s: %w", n.Name, state, readyWithin, err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(time.Second):
		}
	}
}
