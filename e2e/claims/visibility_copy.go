package claims

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

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
	Fixtures: []string{unsetManifest, falseManifest, sharingManifest},
	Shared: claim.Side{
		Observe: "a copy of a pod without the field gets true: the debugger sees the process of each other container, and the first of them sees the debugger's. A copy of a pod with false keeps it, and one of a sharing pod with --share-processes=false gets it: there neither sees the other",
		Check: func(ctx context.Context, b *lab.Bench) {
			c := makeCopies(ctx, b)
			fromBothEnds(ctx, c.ofUnset, sees, copyOfUnset)
			fromBothEnds(ctx, c.ofFalse, seesNone, copyOfFalse)
			fromBothEnds(ctx, c.told, seesNone, copyTold)
		},
	},
	Isolated: claim.Side{
		Observe: "the same copies: in none does the debugger see another container's process, or the first of them the debugger's",
		Check: func(ctx context.Context, b *lab.Bench) {
			c := makeCopies(ctx, b)
			fromBothEnds(ctx, c.ofUnset, seesNone, copyOfUnset)
			fromBothEnds(ctx, c.ofFalse, seesNone, copyOfFalse)
			fromBothEnds(ctx, c.told, seesNone, copyTold)
		},
	},
}

const (
	copyOfUnset = "the copy of a pod without the field"
	copyOfFalse = "the copy of a pod with the field false"
	copyTold    = "the copy of a sharing pod with --share-processes=false"
)

// copies are of three pods that other claims only read.
type copies struct{ ofUnset, ofFalse, told *lab.Pod }

func makeCopies(ctx context.Context, b *lab.Bench) copies {
	no := new(false)
	name := func() string { return "copy-" + lab.Word()[2:8] } // it is beside its pod, in a namespace of the run's
	c := copies{
		ofUnset: must(must(b.SharedPod(ctx, unsetManifest)).DebugCopy(ctx, name(), nil)),
		ofFalse: must(must(b.SharedPod(ctx, falseManifest)).DebugCopy(ctx, name(), nil)),
		told:    must(must(b.SharedPod(ctx, sharingManifest)).DebugCopy(ctx, name(), no)),
	}
	all := []*lab.Pod{c.ofUnset, c.ofFalse, c.told}
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
		for _, p := range all {
			_ = p.Discard(ctx) // what is left goes with its namespace
		}
	}, ginkgo.NodeTimeout(lab.Timeouts.Observation))
	for _, p := range all {
		done(p.WaitReady(ctx))
	}
	return c
}

// fromBothEnds looks from the copy's debugger at the others, and from the first of them back.
func fromBothEnds(ctx context.Context, copied *lab.Pod, look func(ctx context.Context, viewer *lab.Container, which string, hosts ...*lab.Container), which string) {
	ginkgo.GinkgoHelper()
	debugger := copied.Container(lab.DebuggerName)
	others := slices.DeleteFunc(copied.Containers(), func(c *lab.Container) bool { return c.Name == debugger.Name })
	look(ctx, debugger, which, others...)
	look(ctx, others[0], which, debugger)
}
