package claims

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var stopEndsEveryProcess = claim.Claim{
	ID:       "stop-ends-every-process",
	Title:    "when a container's first process exits, its daemons end too, before the container is restarted",
	Promise:  claim.Promise{From: "CRI, StopContainer", Text: "the runtime must forcibly kill the container; without a PID 1 of its own no kernel does it"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"stop-ends-every-process.yaml"},
	Shared: claim.Side{
		Observe: "a daemon of the first process holds a lock; at its restart the container finds that lock free, and the one that the neighbour's daemon holds taken; the neighbour no longer sees the daemon",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemon, table := daemonEndsWithItsContainer(ctx, b, (*lab.Container).Daemon, func(seen lab.Table, daemon lab.Process) {
				Control(seen.WithWord(daemon.Word)).To(HaveLen(1), "control: neighbour should see mortal's daemon; it sees:\n%s", seen)
			})
			Expect(table.WithWord(daemon.Word)).To(BeEmpty(), "mortal's daemon, PID %d, lives on after its container's end; neighbour sees:\n%s", daemon.PID, table)
		},
	},
	Isolated: claim.Side{
		Observe: "the same locks, found the same way: the daemon's is free at the restart, the neighbour's is taken",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemonEndsWithItsContainer(ctx, b, (*lab.Container).Daemon, func(seen lab.Table, daemon lab.Process) {
				Expect(seen.WithWord(daemon.Word)).To(BeEmpty(), "neighbour should not see mortal's daemon; it sees:\n%s", seen)
			})
		},
	},
}

// startDaemon starts a daemon that holds a lock file, in one way or another.
type startDaemon func(c *lab.Container, ctx context.Context, lock string) (lab.Process, error)

// daemonEndsWithItsContainer ends a container's first process, and returns its daemon and what the neighbour sees afterwards.
func daemonEndsWithItsContainer(ctx context.Context, b *lab.Bench, start startDaemon, seenBefore func(neighbours lab.Table, daemon lab.Process)) (lab.Process, lab.Table) {
	p := must(b.NewPod(ctx, "stop-ends-every-process.yaml"))
	mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
	daemon := must(start(mortal, ctx, "/locks/mortal"))
	spared := must(start(neighbour, ctx, "/locks/neighbour"))
	first := must(neighbour.First(ctx))
	seenBefore(must(neighbour.Processes(ctx)), daemon)

	endAndRestart(ctx, mortal, neighbour)
	done(mortal.TakesOrders(ctx)) // by then it has looked at the locks
	locks := must(mortal.Read(ctx, "/tmp/locks")).Text
	evidence("locks when container mortal was restarted", locks)
	Expect(locks).NotTo(ContainSubstring("mortal held"), "a daemon of container mortal was alive when the container was restarted: its first process found the daemon's lock taken")
	table := must(neighbour.Processes(ctx))
	evidence("process table of neighbour after the restart of mortal", table)
	Expect(table.IDs()).To(ContainElements(first.ID(), spared.ID()), "neighbour's first process %d or its daemon %d ended with container mortal; neighbour sees:\n%s", first.PID, spared.PID, table)
	Control(locks).To(Equal("mortal free\nneighbour held\n"), "control: at its restart container mortal should find the lock taken that neighbour's daemon holds, which lives")
	return daemon, table
}

var stopSparesNeighbours = claim.Claim{
	ID:       "stop-spares-neighbours",
	Title:    "stopping a container ends exactly its processes",
	Promise:  claim.Promise{From: "CRI, StopContainer", Text: "stops a running container with a grace period"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"stop-spares-neighbours.yaml"},
	Takes:    25 * time.Second,
	Shared:   claim.Side{Observe: stopsObserve, NeedsNode: lab.Looking, Check: stopOneByOne},
	Isolated: claim.Side{Observe: stopsObserve, NeedsNode: lab.Looking, Check: stopOneByOne},
}

const stopsObserve = "stopped one by one: a container with a daemon, one that ignores TERM, one with a process exec'd later. " +
	"On the node every process of its cgroup ends, and none is in it; all others of the pod, pause included, keep PID and start time; deleting the pod does not hang"

// stopTries bounds how often stopOneByOne begins anew because the kubelet has not told how a container ended.
const stopTries = 3

// stopOneByOne has each kind of container stopped, and then the pod deleted, which still holds all kinds of processes.
func stopOneByOne(ctx context.Context, b *lab.Bench) {
	for range stopTries {
		if stopAll(ctx, b) {
			return
		}
	}
	unobserved(reports.CauseOther, fmt.Sprintf("control: in %d pods in turn the status never told how a container that was stopped had ended", stopTries))
}

// stopAll is stopOneByOne in one pod. told is false where it is not known of each container how it ended.
func stopAll(ctx context.Context, b *lab.Bench) (told bool) {
	p := podToStop(ctx, b)
	onTheNodesKernel(ctx, p.Container("neighbour"))
	sandbox := must(sandboxID(ctx, p))
	daemonised, deaf, execed := p.Container("daemonised"), p.Container("deaf"), p.Container("execed")
	told = stopOne(ctx, b, sandbox, daemonised, must(daemonised.Daemon(ctx, "/tmp/lock")), 0)
	told = stopOne(ctx, b, sandbox, deaf, must(deaf.Daemon(ctx, "/tmp/lock")), killedByKILL) && told
	told = stopOne(ctx, b, sandbox, execed, must(execed.Hold(ctx)), 0) && told

	d := deleted(ctx, p, "deleting a pod with daemons, exec'd processes and a container that ignores TERM hangs", func() *lab.Pod { return podToStop(ctx, b) })
	measured("seconds-from-delete-to-gone", d.Took.Seconds())
	return told
}

// podToStop has a daemon and a process that was exec'd beside the containers that are to be stopped.
func podToStop(ctx context.Context, b *lab.Bench) *lab.Pod {
	p := must(b.NewPod(ctx, "stop-spares-neighbours.yaml"))
	neighbour := p.Container("neighbour")
	must(neighbour.Daemon(ctx, "/tmp/lock"))
	must(neighbour.Hold(ctx))
	return p
}

// The exit codes of a process that a signal ended: 128 and the signal's number.
const (
	killedByHUP  = 128 + 1
	killedByKILL = 128 + 9
	killedByTERM = 128 + 15
)

// stopOne has the kubelet stop a container, and compares the pod's processes on the node before and after. told is false
// where the kubelet has not told how it ended.
func stopOne(ctx context.Context, b *lab.Bench, sandbox lab.ID, c *lab.Container, child lab.Process, exitCode int) (told bool) {
	was := must(c.Status(ctx))
	id := lab.CRIID(was.ContainerID)
	pods := must(b.NodeProcesses(ctx)).In(must(c.Pod.CgroupIDs(ctx))...).Lasting()
	pods = must(c.Pod.WithoutStrangers(ctx, pods)).Still(must(b.NodeProcesses(ctx))) // the kubelet's exec probes come and go
	own := pods.In(id)
	others := pods.Without(own)
	evidence("processes of container "+c.Name+" before it is stopped", own)
	evidence("the pod's other processes", others)
	Control(own.WithWord(child.Word)).To(HaveLen(1), "control: the child should be in the cgroup of %s, on the node", c)
	Control(others).To(ContainElement(HaveField("ID", sandbox)), "control: the sandbox's process should be one of the pod's on the node")
	Control(must(c.Cgroups(ctx, id))).NotTo(BeEmpty(), "control: %s should have a cgroup on the node", c)

	done(c.Replace(ctx), "changing the image of %s", c)
	restart, err := replaced(ctx, c, was, fmt.Sprintf("%s was stopped", c))
	if told = !errors.Is(err, lab.ErrEndUntold); told {
		end := restart.End
		Control(end.ExitCode).To(BeEquivalentTo(exitCode), "control: the first process of %s should have ended with exit code %d (0: it heeded TERM, 137: it ignored TERM and was killed); it ended: %s", c, exitCode, end)
	} else {
		evidence("how "+c.Name+" ended is not known, so all is done again in another pod", err)
	}

	eventuallyWithin(ctx, lab.Timeouts.Observation, b.PaceOfNodeLooks, func(g Gomega) {
		now := seen(b.NodeProcesses(ctx))
		g.Expect(others.Without(now)).To(BeEmpty(), "processes of other containers, or the sandbox's, ended when %s was stopped:\n%s", c, others.Without(now))
		g.Expect(own.Still(now)).To(BeEmpty(), "processes of %s live on after it was stopped:\n%s", c, own.Still(now))
		g.Expect(now.In(id).Lasting()).To(BeEmpty(), "processes are in the cgroup of %s after it was stopped:\n%s", c, now.In(id))
	}, "stopping %s should end its processes, and spare all others of the pod", c)
	// An empty one may stay: nothing promises that it goes, and a runtime gives up where somebody has not reaped a process yet.
	if left := must(c.Cgroups(ctx, id)); len(left) > 0 {
		evidence("cgroups of container "+c.Name+" that are left, empty", strings.Join(left, "\n"))
	}
	return told
}

// sandboxID is the sandbox's process by the node's numbers.
func sandboxID(ctx context.Context, p *lab.Pod) (lab.ID, error) {
	t, err := p.Sandbox(ctx)
	return lab.ID{PID: t.PID, Start: t.Start}, err
}
