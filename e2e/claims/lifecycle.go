package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Lifecycle is what ends with what.
var Lifecycle = claim.Group{Name: "lifecycle", About: "restarts, stops and deletion", Claims: []claim.Claim{
	restartKeepsNamespace, stopEndsEveryProcess, stdioHoldsNoContainer, stopSparesNeighbours, hostPIDStopSparesOthers, oomSparesNeighbours,
	execStreamEnds, termIsPrompt, deleteLeavesNothing, namespaceSurvivesKubelet,
}}

var restartKeepsNamespace = claim.Claim{
	ID:       "restart-keeps-namespace",
	Title:    "a container that dies is restarted alone, in the pod's namespace",
	Promise:  claim.Promise{From: "API, PodSpec.restartPolicy and shareProcessNamespace", Text: "Restart policy for all containers within the pod; Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{restartManifest},
	Shared: claim.Side{
		Observe: "the restarted container has the inode of before, its neighbour sees its new first process; PID 1 and the neighbour's processes are the same ones, the neighbour is not restarted",
		Check: func(ctx context.Context, b *lab.Bench) {
			restartedInside(ctx, must(b.NewPod(ctx, restartManifest)), endAndRestart)
		},
	},
	Isolated: claim.Side{
		Observe: "the restarted container has a PID 1 of its own, another one than before; the neighbour's namespace and processes are the same ones, the neighbour is not restarted",
		Check: func(ctx context.Context, b *lab.Bench) {
			restartedApart(ctx, must(b.NewPod(ctx, restartManifest)), endAndRestart)
		},
	},
}

// restartedInside has container mortal of a pod that shares restarted, in whichever way: it is to come back into the pod's namespace, where all else goes on.
func restartedInside(ctx context.Context, p *lab.Pod, restart func(ctx context.Context, mortal, neighbour *lab.Container)) {
	ginkgo.GinkgoHelper()
	mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
	held := must(neighbour.Hold(ctx))
	namespace, one := must(mortal.Self(ctx)).Namespaces["pid"], sandboxInit(ctx, neighbour)
	old := must(mortal.First(ctx))
	Control(must(neighbour.Processes(ctx)).IDs()).To(ContainElement(old.ID()), "control: neighbour should see mortal's first process, PID %d", old.PID)

	restart(ctx, mortal, neighbour)
	fresh := must(mortal.First(ctx))
	table := must(neighbour.Processes(ctx))
	evidence("process table of neighbour after the restart of mortal", table)
	Expect(must(mortal.Self(ctx)).Namespaces["pid"]).To(Equal(namespace), "the restarted container is in another PID namespace than before")
	Expect(firstProcess(ctx, mortal).ID()).To(Equal(one.ID()), "PID 1 of the restarted container is another process than before its restart, %s", one)
	Expect(table.IDs()).To(ContainElements(one.ID(), held.ID()), "PID 1 or neighbour's process %d did not survive the restart of mortal; neighbour sees:\n%s", held.PID, table)
	Expect(table.IDs()).To(ContainElement(fresh.ID()), "neighbour does not see the restarted container's first process, PID %d, start %d; it sees:\n%s", fresh.PID, fresh.Start, table)
	Expect(table.IDs()).NotTo(ContainElement(old.ID()), "mortal's old first process, PID %d, is still there; neighbour sees:\n%s", old.PID, table)
}

// restartedApart is restartedInside for a pod that does not share. That the restarted container's namespace is another one than before is told by its
// PID 1: the kernel gives an inode's number out again.
func restartedApart(ctx context.Context, p *lab.Pod, restart func(ctx context.Context, mortal, neighbour *lab.Container)) {
	ginkgo.GinkgoHelper()
	mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
	held := must(neighbour.Hold(ctx))
	namespace, neighbours := must(neighbour.Self(ctx)).Namespaces["pid"], ownInit(ctx, neighbour)
	old := ownInit(ctx, mortal)

	restart(ctx, mortal, neighbour)
	fresh := ownInit(ctx, mortal)
	evidence("PID 1 of mortal before and after", old.String()+"\n"+fresh.String())
	Expect(fresh.Start).To(BeNumerically(">", old.Start), "PID 1 of the restarted container should be a new process")
	Expect(must(mortal.Self(ctx)).Namespaces["pid"]).NotTo(Equal(namespace), "the restarted container is in neighbour's PID namespace")
	Expect(must(neighbour.Self(ctx)).Namespaces["pid"]).To(Equal(namespace), "neighbour is in another PID namespace than before the restart of mortal")
	table := must(neighbour.Processes(ctx))
	Expect(table.IDs()).To(ContainElements(neighbours.ID(), held.ID()), "neighbour's processes did not survive the restart of mortal; it sees:\n%s", table)
}

// endAndRestart has the first process of mortal exit by itself, and waits for its successor; the neighbour goes on.
func endAndRestart(ctx context.Context, mortal, neighbour *lab.Container) {
	const exitCode = 3
	before, untouched := must(mortal.Status(ctx)), must(neighbour.Status(ctx))
	done(mortal.OrderExit(ctx, exitCode), "having the first process of container mortal exit")
	end := restarted(ctx, mortal, before, "the first process of container mortal has ended").End
	Expect(end.ExitCode).To(BeEquivalentTo(exitCode), "container mortal should have ended by itself, with its own exit code; it ended: %s", end)
	notRestarted(ctx, neighbour, untouched)
}

// notRestarted compares a container's status with an earlier one.
func notRestarted(ctx context.Context, c *lab.Container, before corev1.ContainerStatus) {
	now := unlost(must(c.Status(ctx)))
	Expect(now.RestartCount).To(Equal(before.RestartCount), "%s was restarted, though nothing of its own had ended: %s", c, lab.Describe(must(c.Pod.Get(ctx))))
	Expect(now.ContainerID).To(Equal(before.ContainerID), "%s is another one than before, though nothing of its own had ended", c)
}

// unharmed expects that the container was not restarted, and that the very processes, as seen in it, live on.
func unharmed(ctx context.Context, c *lab.Container, before corev1.ContainerStatus, why string, processes ...lab.Process) {
	ginkgo.GinkgoHelper()
	if _, err := c.Processes(ctx); err != nil {
		// What cannot be looked into may have ended, and the kubelet be about to say so.
		must(lab.Await(ctx, lab.Timeouts.Restart, c.Status, func(s corev1.ContainerStatus) bool { return s.RestartCount != before.RestartCount }))
	}
	notRestarted(ctx, c, before)
	alive(ctx, c, why, processes...)
}
