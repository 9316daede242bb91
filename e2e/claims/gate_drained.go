package claims

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var gateDrained = claim.Claim{
	ID:         "gate-drained",
	Title:      "a pod that is drained from a node with the gate to one without is isolated there, and shares again where it comes back",
	Page:       []string{"gate.across"},
	Kind:       claim.Conformance,
	Nodes:      claim.OneNode,
	Fixtures:   []string{sharingManifest},
	Where:      claim.GatesDiffer(),
	Disruptive: true,
	Takes:      30 * time.Second,
	Shared: claim.Side{
		Observe: "a ReplicaSet's pod with the field shares on a node whose kubelet has the gate; that node drained, its successor on a node whose kubelet has it off has the field, too, and no container sees the other's processes; " +
			"that one drained, the next shares again. Nothing tells its owner",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			off := b.Unlike()
			Control(off).NotTo(BeNil(), "control: one of the cluster's kubelets should have the gate off")
			mover, p, err := b.NewMover(ctx, sharingManifest, off)
			if mover != nil {
				ginkgo.DeferCleanup(mover.Uncordon)
			}
			done(err, "making a pod that can be drained")
			expectShares(ctx, p, "the pod before it was drained")

			moved := must(mover.Drain(ctx, off))
			Control(moved.Name).NotTo(Equal(p.Name), "control: the pod after the drain is another one")
			expectKeptAndIsolated(ctx, moved, "the pod that was drained to a node without the gate")

			expectShares(ctx, must(mover.Drain(ctx, b)), "the pod that was drained back to a node with the gate")
		},
	},
	Isolated: claim.NotApplicable("the claim begins where the control plane's own kubelet has the gate"),
}
