package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/apparmor"
	"github.com/gateproof/gateproof/clusters/input"
)

// confine has a node confine containers by AppArmor, with what is in folder.
func confine(folder string) func(context.Context, *clusters.Node) error {
	return func(ctx context.Context, n *clusters.Node) error {
		enabled, err := n.Exec(ctx, "cat", apparmor.Enabled)
		if err != nil || strings.TrimSpace(enabled) != "Y" {
			return input.Errorf("the kernel of the engine's host has no AppArmor, which this lane is about: `make vm` has one that does (`gateproof doctor` says what this one has)")
		}
		if err := intoNode(ctx, n, folder, apparmor.InNode); err != nil {
			return err
		}
		if _, err := n.Exec(ctx, apparmor.Confine); err != nil {
			return fmt.Errorf("%w%s", err, journal(ctx, n))
		}
		return nil
	}
}
