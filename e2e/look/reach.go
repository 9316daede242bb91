package look

import (
	"context"
	"errors"

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
