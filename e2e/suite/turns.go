package suite

import (
	"context"
	"path/filepath"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/clusters/engine/flock"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
)

// order says when a claim's turn is: long ones first, disruptive ones last.
func order(c claim.Claim) ginkgo.SpecPriority {
	if c.Disruptive {
		return ginkgo.SpecPriority(-1)
	}
	return ginkgo.SpecPriority(int(c.Takes.Seconds()))
}

// takeTurn waits until the claim may run, and holds its turn until what it has made is cleaned up: claims share their cluster, and a
// disruptive one has it alone. Lanes do not wait for each other, which Ginkgo's Serial would make them do.
func takeTurn(ctx context.Context, dir string, l lane.Lane, c claim.Claim) error {
	kind := flock.Shared
	if c.Disruptive {
		kind = flock.Exclusive
	}
	turn, err := flock.Wait(ctx, filepath.Join(dir, "turn-"+l.Name), kind)
	if err == nil {
		ginkgo.DeferCleanup(turn.Release)
	}
	return err
}
