package alter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters"
)

// readyWithin bounds how long a restarted component may take to serve again. Measured: up to 15 s for the API server.
const readyWithin = 2 * time.Minute

// Shell changes a node by its own hand.
type Shell struct {
	Change  string `yaml:"change"`
	Restore string `yaml:"restore"`
	Ready   string `yaml:"ready"` // succeeds when what was restarted serves; STATE is changed or restored
}

func (s *Shell) validate() error {
	if s != nil && (s.Change == "" || s.Restore == "" || s.Ready == "") {
		return errors.New("node: change, restore and ready are all needed")
	}
	return nil
}

func (c Change) nodeOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	n := to.Node
	off := func(ctx context.Context) error {
		if _, err := n.Exec(ctx, "bash", "-euc", c.Node.Restore); err != nil {
			return err
		}
		return c.Node.await(ctx, n, "restored")
	}
	if _, err := n.Exec(ctx, "bash", "-euc", c.Node.Change); err != nil {
		return Altered{Off: off}, err
	}
	return Altered{Off: off}, c.Node.await(ctx, n, "changed")
}

// await returns when what was restarted serves in that state.
func (s *Shell) await(ctx context.Context, n *clusters.Node, state string) error {
	deadline := time.Now().Add(readyWithin)
	for {
		_, err := n.Exec(ctx, "env", "STATE="+state, "bash", "-euc", s.Ready)
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
