package mutants

import (
	"context"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters"
)

// readyWithin bounds how long a restarted component may take to serve again. Measured: up to 15 s for the API server.
const readyWithin = 2 * time.Minute

// Broken is a cluster with a mutant on.
type Broken struct {
	// Off restores the cluster, and makes sure that it is as before. It is to be called even where On fails.
	Off func(context.Context) error
	// Kubeconfig leads to the cluster by the mutant; "" where the cluster's own does.
	Kubeconfig string
}

// whole is a cluster on which nothing has been broken.
var whole = Broken{Off: func(context.Context) error { return nil }}

// On breaks the cluster.
func (m Mutant) On(ctx context.Context, c clusters.Cluster) (Broken, error) {
	switch {
	case m.runtime():
		return m.runtimeOn(ctx, c.Node)
	case m.Node != nil:
		return m.nodeOn(ctx, c.Node)
	case m.Answer != "":
		return m.answersOn(c)
	}
	return m.admissionOn(ctx, c)
}

func (m Mutant) nodeOn(ctx context.Context, n *clusters.Node) (Broken, error) {
	off := func(ctx context.Context) error {
		if _, err := n.Exec(ctx, "bash", "-euc", m.Node.Restore); err != nil {
			return err
		}
		return m.await(ctx, n, "restored")
	}
	if _, err := n.Exec(ctx, "bash", "-euc", m.Node.Break); err != nil {
		return Broken{Off: off}, err
	}
	return Broken{Off: off}, m.await(ctx, n, "broken")
}

// await returns when what was restarted serves in that state.
func (m Mutant) await(ctx context.Context, n *clusters.Node, state string) error {
	deadline := time.Now().Add(readyWithin)
	for {
		_, err := n.Exec(ctx, "env", "STATE="+state, "bash", "-euc", m.Node.Ready)
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
