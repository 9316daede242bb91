package look

import (
	"context"
	"errors"

	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/e2e/claim"
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

// AtHome is Take on one node of a cluster, home, that is one place. Where it has no room, or a policy refuses pods that are made for it, it is taken
// wherever the scheduler puts pods, whole, and stays is false: others of its kind may have room, and a policy may leave the choice to nobody else.
func AtHome(ctx context.Context, home, whole *lab.Bench, groups []claim.Group, rights string, tell func(string)) (found Look, stays bool, err error) {
	found, err = Take(ctx, home, groups, rights, tell)
	if home == whole || !NoRoom(err) && (len(found.Lost) == 0 || !PlacementRefused(ctx, home, whole)) {
		return found, true, err
	}
	found, err = Take(ctx, whole, groups, rights, tell)
	return found, false, err
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
