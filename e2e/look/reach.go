package look

import (
	"context"
	"errors"

	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Reach sees whether pods come to the bench's node and have their images there. The error says why not, as far as that is the node's; what else goes
// wrong is for the claims to say. tell is told what is being waited for.
func Reach(ctx context.Context, b *lab.Bench, tell func(string)) error {
	namespace, err := b.NamespaceAt(ctx, lab.Baseline, "look")
	if namespace != "" {
		defer func() { _ = b.RemoveNamespace(context.WithoutCancel(ctx), namespace) }()
	}
	if err != nil {
		return nil
	}
	state, done := patiently(tell, "waiting for a pod on node "+b.Placed+": ")
	defer done()
	_, err = b.CanPull(ctx, namespace, state)
	var notPulled *lab.NotPulled
	if NoRoom(err) || errors.As(err, &notPulled) {
		return err
	}
	return nil
}

// NoRoom says that the error is of a pod that no node took.
func NoRoom(err error) bool {
	var unscheduled *lab.Unscheduled
	return errors.As(err, &unscheduled)
}

// PlacementRefused says that admission refuses a pod which is made for the node of the one bench, and takes the same pod where it is not. Servers
// that cannot try a create say nothing.
func PlacementRefused(ctx context.Context, placed, free *lab.Bench) bool {
	if !kubeversion.AtLeast(free.Lane.Version, lab.DryRunSince) {
		return false
	}
	namespace, err := free.NamespaceAt(ctx, lab.Baseline, "look")
	if namespace != "" {
		defer func() { _ = free.RemoveNamespace(context.WithoutCancel(ctx), namespace) }()
	}
	if err != nil {
		return false
	}
	objects, err := lab.Objects(lab.ControlManifest)
	if err != nil {
		return false
	}
	_, _, asPlaced := placed.DryRunPod(ctx, namespace, objects[0])
	_, _, asFree := free.DryRunPod(ctx, namespace, objects[0])
	return refusedByServer(asPlaced) && asFree == nil
}
