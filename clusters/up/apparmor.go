package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/apparmor"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
)

// withAppArmor has the nodes of a lane that is about it confine containers. It returns what is to be called at the beginning of each of kind's steps; fail is
// told what goes wrong.
func withAppArmor(ctx context.Context, step *progress.Step, c clusters.Cluster, folder string, fail func(error)) func(string) {
	return func(what string) {
		if !c.Lane.AppArmor || !strings.HasPrefix(what, starting) {
			return
		}
		step.Note("having the node use AppArmor")
		for _, n := range c.AllNodes() {
			if err := confine(ctx, n, folder); err != nil {
				fail(err)
				return
			}
		}
		step.Note(what)
	}
}

func confine(ctx context.Context, n *clusters.Node, folder string) error {
	enabled, err := n.Exec(ctx, "cat", apparmor.Enabled)
	if err != nil || strings.TrimSpace(enabled) != "Y" {
		return input.Errorf("the kernel of the engine's host has no AppArmor, which this lane is about: `make vm` has one that does (`gateproof doctor` says what this one has)")
	}
	if err := intoNode(ctx, n, folder, apparmor.InNode); err != nil {
		return err
	}
	if _, err := n.Exec(ctx, apparmor.Confine); err != nil {
		return fmt.Errorf("having the node's containerd use AppArmor: %w%s", err, journal(ctx, n))
	}
	return nil
}
