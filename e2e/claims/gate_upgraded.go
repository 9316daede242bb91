package claims

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var gateUpgraded = claim.Claim{
	ID:         "gate-upgraded",
	Title:      "an upgrade to the release that locks the gate shares nothing that was stored without the field",
	Page:       []string{"gate.across"},
	Promise:    claim.Promise{From: "feature stages", Text: "the feature is always enabled; you cannot disable it"},
	Kind:       claim.Conformance,
	Nodes:      claim.OneNode,
	Fixtures:   []string{sharingManifest},
	Where:      claim.OnRequest(),
	Disruptive: true,
	Takes:      3 * time.Minute,
	Shared: claim.Side{
		Observe: "with the control plane of the release before the lock and its gate off, on a node whose kubelet has it on: a pod, and a ReplicaSet, that ask for sharing are stored without the field, and their containers are isolated. " +
			"Upgraded: the pod reads without the field, cannot get it, and has the containers and processes of before; the ReplicaSet's next pod lacks the field and is isolated; once the field is written into its template, the next one shares, " +
			"as a new pod does. A pod that was stored with the field before the gate was turned off keeps it throughout, and its processes",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			older, release, err := b.Older(ctx)
			done(err, "finding a node of an earlier release")
			Control(older).NotTo(BeNil(), "control: one of the cluster's kubelets should be of an earlier release than its control plane")
			stored := must(older.NewPod(ctx, sharingManifest))
			expectShares(ctx, stored, "a pod that is stored with the field")
			storedWas := stateOf(ctx, stored)

			ginkgo.DeferCleanup(b.UpgradeControlPlane)
			done(b.EarlierControlPlane(ctx, older, release), "putting release %s in the control plane's place, with the gate off", release)
			storedWas.unchanged(ctx, "the control plane", 0)
			lost := must(older.NewPod(ctx, sharingManifest))
			expectLost(ctx, lost, "a pod made before the upgrade with the gate off")
			lostWas := stateOf(ctx, lost)
			set, made, err := older.NewSuccession(ctx, sharingManifest)
			done(err, "having a ReplicaSet make a pod before the upgrade")
			expectLost(ctx, made, "a ReplicaSet's pod before the upgrade")

			done(b.UpgradeControlPlane(ctx), "upgrading the control plane to %s", b.Lane.Version)
			expectKept(ctx, stored, "after the upgrade")
			storedWas.unchanged(ctx, "the control plane", 0)
			expectLost(ctx, lost, "after the upgrade, a pod that was stored without the field")
			lostWas.unchanged(ctx, "the control plane", 0)
			_, err = lost.Change(ctx, lab.MergePatch, true, "spec", shareField)
			Expect(err).To(HaveOccurred(), "a pod stored without the field should not get it after the upgrade")

			next := must(set.Next(ctx, made))
			expectLost(ctx, next, "after the upgrade, the next pod of a ReplicaSet that was stored without the field")
			written := must(set.Template(ctx, shareField, true))
			Expect(field(written)).To(Equal("true"), "%s of the ReplicaSet's template, written after the upgrade", shareField)
			expectShares(ctx, must(set.Next(ctx, next)), "the next pod, with the field in the template")
			expectShares(ctx, must(older.NewPod(ctx, sharingManifest)), "a pod made after the upgrade")
		},
	},
	Isolated: claim.NotApplicable("the claim turns the gate off by itself, below the release that locks it"),
}
