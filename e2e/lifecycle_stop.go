package e2e

import (
	"context"
	"fmt"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var stopEndsEveryProcess = claim.Claim{
	ID:    "stop-ends-every-process",
	Title: "when a container's first process exits, its daemons end too, before the container is restarted",
	Quote: "CRI, StopContainer: the runtime must forcibly kill the container; without a PID 1 of its own no kernel does it",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "a daemon of the first process holds a lock; at its restart the container finds that lock free, and the one that the neighbour's daemon holds taken; the neighbour no longer sees the daemon",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemon, table := daemonEndsWithItsContainer(ctx, b, func(seen lab.Table, daemon lab.Process) {
				Expect(seen.WithWord(daemon.Word)).To(HaveLen(1), "control: neighbour should see mortal's daemon; it sees:\n%s", seen)
			})
			Expect(table.WithWord(daemon.Word)).To(BeEmpty(), "mortal's daemon, PID %d, lives on after its container's end; neighbour sees:\n%s", daemon.PID, table)
		},
	},
	Isolated: claim.Side{
		Observe: "the same locks, found the same way: the daemon's is free at the restart, the neighbour's is taken",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemonEndsWithItsContainer(ctx, b, func(seen lab.Table, daemon lab.Process) {
				Expect(seen.WithWord(daemon.Word)).To(BeEmpty(), "neighbour should not see mortal's daemon; it sees:\n%s", seen)
			})
		},
	},
}

// daemonEndsWithItsContainer ends a container's first process, and returns its daemon and what the neighbour sees afterwards.
func daemonEndsWithItsContainer(ctx context.Context, b *lab.Bench, seenBefore func(neighbours lab.Table, daemon lab.Process)) (lab.Process, lab.Table) {
	p := must(b.NewPod(ctx, "stop-ends-every-process.yaml"))
	mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
	daemon := must(mortal.Daemon(ctx, "/locks/mortal"))
	spared := must(neighbour.Daemon(ctx, "/locks/neighbour"))
	first := must(neighbour.TakesOrders(ctx))
	seenBefore(must(neighbour.Processes(ctx)), daemon)

	endAndRestart(ctx, mortal, neighbour)
	must(mortal.TakesOrders(ctx)) // it has looked at the locks when it takes orders
	locks := must(mortal.Output(ctx, "cat", "/tmp/locks"))
	evidence("locks when container mortal was restarted", locks)
	Expect(locks).NotTo(ContainSubstring("mortal held"), "a daemon of container mortal was alive when the container was restarted: its first process found the daemon's lock taken")
	Expect(locks).To(Equal("mortal free\nneighbour held\n"), "at its restart container mortal should find its daemon's lock free, and neighbour's taken (the control)")
	table := must(neighbour.Processes(ctx))
	evidence("process table of neighbour after the restart of mortal", table)
	Expect(table.IDs()).To(ContainElements(first.ID(), spared.ID()), "neighbour's first process %d or its daemon %d ended with container mortal; neighbour sees:\n%s", first.PID, spared.PID, table)
	return daemon, table
}

var stopSparesNeighbours = claim.Claim{
	ID:       "stop-spares-neighbours",
	Title:    "stopping a container ends exactly its processes",
	Quote:    "CRI, StopContainer: stops a running container with a grace period",
	Kind:     claim.Conformance,
	Takes:    20 * time.Second,
	Shared:   claim.Side{Observe: stopsObserve, NeedsNode: true, Check: stopOneByOne},
	Isolated: claim.Side{Observe: stopsObserve, NeedsNode: true, Check: stopOneByOne},
}

const stopsObserve = "stopped one by one: a container with a daemon, one that ignores TERM, one with a process exec'd later. " +
	"On the node every process of its cgroup ends and its cgroups go; all others of the pod, pause included, keep PID and start time; deleting the pod does not hang"

// stopOneByOne has each kind of container stopped, and then the pod deleted while it holds all kinds.
func stopOneByOne(ctx context.Context, b *lab.Bench) {
	p := must(b.NewPod(ctx, "stop-spares-neighbours.yaml"))
	daemon := func(c *lab.Container) lab.Process { return must(c.Daemon(ctx, "/tmp/lock")) }
	execed := func(c *lab.Container) lab.Process { return must(c.Hold(ctx)) }
	daemon(p.Container("neighbour"))
	kinds := []struct {
		container *lab.Container
		child     func(*lab.Container) lab.Process
		exitCode  int // of its first process
	}{
		{p.Container("daemonised"), daemon, 0},
		{p.Container("deaf"), daemon, killedByKILL},
		{p.Container("execed"), execed, 0},
	}
	for _, kind := range kinds {
		stopOne(ctx, b, kind.container, kind.child(kind.container), kind.exitCode)
	}
	for _, kind := range kinds {
		kind.child(kind.container)
	}
	d := must(p.Delete(ctx))
	evidence("deletion of the pod", fmt.Sprintf("%.1f s, grace period %s", d.Took.Seconds(), p.Grace()))
}

// The exit codes of a process that a signal ended: 128 and the signal's number.
const (
	killedByKILL = 128 + 9
	killedByTERM = 128 + 15
)

// stopOne has the kubelet stop a container, and compares the pod's processes on the node before and after.
func stopOne(ctx context.Context, b *lab.Bench, c *lab.Container, child lab.Process, exitCode int) {
	was := must(c.Status(ctx))
	id := lab.CRIID(was.ContainerID)
	pods := must(b.NodeProcesses(ctx)).In(string(c.Pod.Created.UID)).Lasting()
	own := pods.In(id)
	others := pods.Without(own)
	evidence("processes of container "+c.Name+" before it is stopped", own)
	evidence("the pod's other processes", others)
	Expect(own.WithWord(child.Word)).To(HaveLen(1), "control: the child should be in the cgroup of %s, on the node", c)
	Expect(others).To(ContainElement(HaveField("ID", must(sandboxID(ctx, c.Pod)))), "control: the sandbox's process should be one of the pod's on the node")
	Expect(must(c.Cgroups(ctx, id))).NotTo(BeEmpty(), "control: %s should have a cgroup on the node", c)

	Expect(c.Replace(ctx)).To(Succeed(), "changing the image of %s", c)
	end := must(c.Restarted(ctx, was)).LastTerminationState.Terminated
	Expect(end).NotTo(BeNil(), "the status should say how %s ended", c)
	Expect(end.ExitCode).To(BeEquivalentTo(exitCode), "the first process of %s should have ended with exit code %d; it ended: %s", c, exitCode, end)

	Eventually(ctx, func(g Gomega) {
		now := must(b.NodeProcesses(ctx))
		g.Expect(others.Without(now)).To(BeEmpty(), "processes of other containers, or the sandbox's, ended when %s was stopped:\n%s", c, others.Without(now))
		g.Expect(own.Still(now)).To(BeEmpty(), "processes of %s live on after it was stopped:\n%s", c, own.Still(now))
		g.Expect(must(c.Cgroups(ctx, id))).To(BeEmpty(), "cgroups of %s are left after it was stopped", c)
	}).WithTimeout(lab.Timeouts.Observation).WithPolling(lab.Timeouts.Poll).Should(Succeed(), "stopping %s should end its processes, remove its cgroups and spare all others of the pod", c)
}

// sandboxID is the sandbox's process by the node's numbers.
func sandboxID(ctx context.Context, p *lab.Pod) (lab.ID, error) {
	t, err := p.Sandbox(ctx)
	return lab.ID{PID: t.PID, Start: t.Start}, err
}
