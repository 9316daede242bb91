package claims

import (
	"context"
	"time"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var debugCopyShares = claim.Claim{
	ID:    "debug-copy-shares",
	Title: "in a copy of a pod with a debugger more, as kubectl debug --copy-to makes it, the debugger sees the processes of the others, or doesn't, as the copy asks",
	Promise: claim.Promise{
		From: "kubectl debug, --copy-to and --share-processes; API, PodSpec.shareProcessNamespace",
		Text: "when used with --copy-to, enable process namespace sharing in the copy; Share a single process namespace between all of the containers in a pod",
	},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Takes:    7 * time.Second,
	Fixtures: []string{unsetManifest, falseManifest, sharingManifest},
	Shared: claim.Side{
		Observe: "a copy of a pod without the field gets true: the debugger sees the process of each other container, and each sees the debugger's. A copy of a pod with false keeps it, and one of a sharing pod with --share-processes=false gets it: each sees itself alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			c := makeCopies(ctx, b)
			each(c.ofUnset, func(c, other *lab.Container) { sees(ctx, c, "the copy of a pod without the field", other) })
			each(c.ofFalse, func(c, other *lab.Container) { seesNone(ctx, c, "the copy of a pod with the field false", other) })
			each(c.told, func(c, other *lab.Container) {
				seesNone(ctx, c, "the copy of a sharing pod with --share-processes=false", other)
			})
		},
	},
	Isolated: claim.Side{
		Observe: "the same copies: in each the debugger and the others see themselves alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			c := makeCopies(ctx, b)
			each(c.ofUnset, func(c, other *lab.Container) { seesNone(ctx, c, "the copy of a pod without the field", other) })
			each(c.ofFalse, func(c, other *lab.Container) { seesNone(ctx, c, "the copy of a pod with the field false", other) })
			each(c.told, func(c, other *lab.Container) {
				seesNone(ctx, c, "the copy of a sharing pod with --share-processes=false", other)
			})
		},
	},
}

// copies are of three pods that other claims only read.
type copies struct{ ofUnset, ofFalse, told *lab.Pod }

func makeCopies(ctx context.Context, b *lab.Bench) copies {
	no := false
	name := func(of string) string { return of + "-" + lab.Word()[2:8] } // a namespace of the run's has them beside the pods that they are of
	c := copies{
		ofUnset: must(must(b.SharedPod(ctx, unsetManifest)).DebugCopy(ctx, name("copy"), nil)),
		ofFalse: must(must(b.SharedPod(ctx, falseManifest)).DebugCopy(ctx, name("copy"), nil)),
		told:    must(must(b.SharedPod(ctx, sharingManifest)).DebugCopy(ctx, name("copy"), &no)),
	}
	for _, p := range []*lab.Pod{c.ofUnset, c.ofFalse, c.told} {
		done(p.WaitReady(ctx))
	}
	return c
}

// each looks from the copy's debugger at the others, and back.
func each(copied *lab.Pod, look func(viewer, host *lab.Container)) {
	debugger := copied.Container(lab.DebuggerName)
	for _, c := range copied.Containers() {
		if c.Name != debugger.Name {
			look(debugger, c)
			look(c, debugger)
		}
	}
}
