package claims

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const execEndsManifest = "exec-stream-ends.yaml"

var execStreamEnds = claim.Claim{
	ID:       "exec-stream-ends",
	Title:    "the stream of an exec ends when its command does, when its container does, and when the pod is deleted, which it does not hold back",
	Promise:  claim.Promise{From: "CRI, Exec and StopContainer", Text: "a streaming endpoint to execute a command in the container; a container that is stopped has no process left, so that nobody has its streams"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Takes:    15 * time.Second,
	Fixtures: []string{execEndsManifest},
	Shared: claim.Side{
		Observe: execEndsObserve + "; no process of the execs of before is left, as the neighbour sees it",
		Check: func(ctx context.Context, b *lab.Bench) {
			execEnds(ctx, b, func(neighbour *lab.Container, left ...lab.Process) {
				eventuallyEnd(ctx, neighbour, "what exec has started in a container should end with the container", left...)
			})
		},
	},
	Isolated: claim.Side{
		Observe: execEndsObserve,
		Check: func(ctx context.Context, b *lab.Bench) {
			execEnds(ctx, b, func(*lab.Container, ...lab.Process) {}) // its namespace has ended, and all in it
		},
	},
}

const execEndsObserve = "an exec whose command ends, with a child left that closes stdio, ends with the command's exit code (the control), and the child lives on; what becomes of one whose child keeps stdio is recorded, " +
	"and it ends with the child at the latest. The container's first process exits: execs whose command runs on, and whose child keeps stdio, end, the container is restarted, its neighbour is not. " +
	"The pod is deleted while an exec runs: that ends, and the pod is gone in time"

// execEnds has execs end in one way after another; afterEnd is told of a container's processes that exec has started, after the container's end.
func execEnds(ctx context.Context, b *lab.Bench, afterEnd func(neighbour *lab.Container, left ...lab.Process)) {
	ginkgo.GinkgoHelper()
	p, mortal, neighbour, other, spared := podWithExec(ctx, b)

	left, child, err := mortal.OpenLeaving(ctx, false)
	done(err)
	ends(ctx, mortal, left, "the command of an exec has ended, and its child keeps nothing of it")
	evidence("an exec whose command has ended", endOf(left))
	if code, untold := left.End(); untold == nil { // what is cut off on its way has ended, too; an API server of today may call that a success
		Control(code).To(Equal(lab.LeavingExitCode), "control: the stream of an exec should tell its command's exit code")
	}
	alive(ctx, mortal, "the end of an exec whose command has ended should spare the child that it has left", child)

	kept, child, err := mortal.OpenLeaving(ctx, true)
	done(err)
	recordWhetherEnds(ctx, kept)
	Control(must(mortal.Kill(ctx, "KILL", child.PID))).To(BeEmpty(), "control: a container should be able to end a process of its own")
	ends(ctx, mortal, kept, "the command of an exec, and its child that kept stdio, have ended")

	running, its, err := mortal.OpenHeld(ctx)
	done(err)
	kept, child, err = mortal.OpenLeaving(ctx, true)
	done(err)
	endAndRestart(ctx, mortal, neighbour)
	ends(ctx, neighbour, running, "the container in which an exec's command ran has ended")
	ends(ctx, neighbour, kept, "the container in which an exec's child kept stdio has ended")
	afterEnd(neighbour, its, child)
	// Its stream may have been cut off on its way: the process counts.
	alive(ctx, neighbour, "an exec in a container should outlive the end of another container", spared)

	d := deleted(ctx, p, "deleting a pod in which an exec runs hangs", func() *lab.Pod { another, _, _, _, _ := podWithExec(ctx, b); return another })
	measured("seconds-from-delete-to-gone", d.Took.Seconds())
	eventuallyWithin(ctx, lab.Timeouts.Observation, b.PaceOfPods, func(g Gomega) { g.Expect(other.Ended()).To(BeTrue()) }, "the pod is gone, and the stream of an exec in it should have ended")
}

// podWithExec is a pod with an exec under way in one container, which only its end ends, and its process.
func podWithExec(ctx context.Context, b *lab.Bench) (p *lab.Pod, mortal, neighbour *lab.Container, x *lab.OpenExec, held lab.Process) {
	ginkgo.GinkgoHelper()
	p = must(b.NewPod(ctx, execEndsManifest))
	mortal, neighbour = p.Container("mortal"), p.Container("neighbour")
	x, held, err := neighbour.OpenHeld(ctx)
	done(err)
	return p, mortal, neighbour, x, held
}

// ends waits until the stream has ended.
func ends(ctx context.Context, on *lab.Container, x *lab.OpenExec, why string) {
	ginkgo.GinkgoHelper()
	eventually(ctx, on, func(g Gomega) { g.Expect(x.Ended()).To(BeTrue(), "it has not ended") }, "%s: so should its stream", why)
}

// recordWhetherEnds gives the stream some time: nothing says whether it waits for a child that keeps stdio.
func recordWhetherEnds(ctx context.Context, x *lab.OpenExec) {
	for deadline := time.Now().Add(lab.Timeouts.QuietPoll); !x.Ended() && time.Now().Before(deadline); {
		pause(ctx)
	}
	if x.Ended() {
		evidence("an exec whose command has ended, while a child keeps stdio", "its stream has ended: "+endOf(x))
	} else {
		evidence("an exec whose command has ended, while a child keeps stdio", fmt.Sprintf("its stream has not ended after %s", lab.Timeouts.QuietPoll))
	}
}

// endOf says how a stream that has ended did.
func endOf(x *lab.OpenExec) string {
	if !x.Ended() {
		return "it has not"
	}
	code, untold := x.End()
	if untold != nil {
		return "without the command's exit code: " + untold.Error()
	}
	return fmt.Sprintf("exit code %d", code)
}
