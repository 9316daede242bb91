package claims

import (
	"context"
	"fmt"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
)

var signalBothWays = claim.Claim{
	ID:       "signal-both-ways",
	Title:    "each of two containers can signal the other's processes, and killing the other's first process restarts that container alone",
	Page:     []string{"signal.others"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"signal-both-ways.yaml"},
	Shared: claim.Side{
		Observe: "a to b and b to a: USR1 runs its handler, STOP and CONT change the state in /proc/PID/stat, TERM ends a process; KILL to the first process: that container ends with exit code 137 and is restarted, the other one and PID 1 live on",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "signal-both-ways.yaml"))
			a, z := p.Container("a"), p.Container("b")
			signalsTakeEffect(ctx, a, z)
			signalsTakeEffect(ctx, z, a)
			killRestartsAlone(ctx, a, z)
			killRestartsAlone(ctx, z, a)
		},
	},
	Isolated: claim.NotApplicable("there is no process of the other container to signal (other-uid-refused and signal-access show ESRCH)"),
}

// signalsTakeEffect sends to a process of the other container, and sees there what the signal does.
func signalsTakeEffect(ctx context.Context, from, to *lab.Container) {
	ginkgo.GinkgoHelper()
	held := must(to.Hold(ctx))
	visible(ctx, from, to, held)
	signalled(ctx, from, "USR1", held)
	eventuallyIs(ctx, to, held, "run its handler of USR1, which renames it "+probe.HeldGotUSR1, func(now lab.Process) bool { return now.Comm == probe.HeldGotUSR1 })
	signalled(ctx, from, "STOP", held)
	eventuallyIs(ctx, to, held, "be stopped by STOP (state T)", func(now lab.Process) bool { return now.State == "T" })
	signalled(ctx, from, "CONT", held)
	eventuallyIs(ctx, to, held, "go on after CONT (no more in state T)", func(now lab.Process) bool { return now.State != "T" })
	signalled(ctx, from, "TERM", held)
	eventuallyEnd(ctx, to, "TERM from container "+from.Name+" should end a process of container "+to.Name, held)
}

// killRestartsAlone kills a container's first process from the other container.
func killRestartsAlone(ctx context.Context, from, to *lab.Container) {
	ginkgo.GinkgoHelper()
	killed, mine, one := must(to.First(ctx)), must(from.First(ctx)), firstProcess(ctx, from)
	before, mineBefore := must(to.Status(ctx)), must(from.Status(ctx))
	signalled(ctx, from, "KILL", killed)

	after := restarted(ctx, to, before, "KILL from container "+from.Name+" should end container "+to.Name)
	endedBy(after, "KILL", 9)
	Expect(after.Now.RestartCount).To(BeNumerically(">", before.RestartCount), "container %s should have been restarted", to.Name) // a start that failed on a busy node counts, too
	Expect(must(to.First(ctx)).ID()).NotTo(Equal(killed.ID()), "container %s should have a new first process", to.Name)

	Expect(unlost(must(from.Status(ctx))).ContainerID).To(Equal(mineBefore.ContainerID), "container %s should not have been restarted: the other one was killed", from.Name)
	alive(ctx, from, "container "+from.Name+" and PID 1 should be unharmed by the end of container "+to.Name, mine, one)
}

// endedBy expects that the container before this one was ended by a signal, by the exit code that the kubelet reports.
func endedBy(after lab.Restart, signal string, number int32) {
	ginkgo.GinkgoHelper()
	name := after.Now.Name
	evidence("how container "+name+" ended", fmt.Sprintf("exit code %d; restarts so far: %d", after.End.ExitCode, after.Now.RestartCount))
	Expect(after.End.ExitCode).To(Equal(128+number), "container %s should have been ended by %s, that is with exit code 128+%d", name, signal, number)
}

var broadcastReachesNeighbours = claim.Claim{
	ID:       "broadcast-reaches-neighbours",
	Title:    "kill -TERM -1 as root in one container ends the other containers' processes",
	Page:     []string{"signal.others"},
	Promise:  claim.Promise{From: "kill(2)", Text: "-1: every process that one may signal, but for PID 1"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"broadcast-reaches-neighbours.yaml"},
	Shared: claim.Side{
		Observe: "the neighbours' processes, of root and of uid 1000, end: their containers end with exit code 143 and are restarted; PID 1 and the caller, which ignores TERM, live on",
		Check: func(ctx context.Context, b *lab.Bench) {
			n := newBroadcast(ctx, b)
			for i, c := range n.neighbours {
				visible(ctx, n.caller, c, n.others[2*i], n.others[2*i+1])
			}
			before := n.statuses(ctx)
			n.termToAll(ctx)
			eventuallyEnd(ctx, n.caller, "kill -TERM -1 should end every process that the caller may signal", append(n.others, n.own)...)
			for i, c := range n.neighbours {
				endedBy(restarted(ctx, c, before[i], "kill -TERM -1 should end container "+c.Name), "TERM", 15)
			}
			alive(ctx, n.caller, "kill -1 spares PID 1, and the caller's first process ignores TERM", n.one, n.first)
		},
	},
	Isolated: claim.Side{
		Observe: "the caller's own processes end; the neighbours keep all of theirs and are not restarted",
		Check: func(ctx context.Context, b *lab.Bench) {
			n := newBroadcast(ctx, b)
			before := n.statuses(ctx)
			n.termToAll(ctx)
			eventuallyEnd(ctx, n.caller, "kill -TERM -1 should end the caller's own other processes (the control)", n.own)
			alive(ctx, n.caller, "kill -1 spares PID 1", n.one)
			for i, c := range n.neighbours {
				alive(ctx, c, "kill -TERM -1 in another container should not reach container "+c.Name, n.others[2*i], n.others[2*i+1])
				Expect(unlost(must(c.Status(ctx))).ContainerID).To(Equal(before[i].ContainerID), "container %s should not have been restarted", c.Name)
			}
		},
	},
}

// broadcast is a pod where one container signals everybody.
type broadcast struct {
	caller     *lab.Container
	neighbours []*lab.Container
	one        lab.Process   // PID 1 as the caller sees it
	first      lab.Process   // the caller's first process
	own        lab.Process   // another one of the caller's
	others     []lab.Process // of each neighbour the first process and another one
}

func newBroadcast(ctx context.Context, b *lab.Bench) broadcast {
	ginkgo.GinkgoHelper()
	p := must(b.NewPod(ctx, "broadcast-reaches-neighbours.yaml"))
	n := broadcast{caller: p.Container("caller"), neighbours: []*lab.Container{p.Container("neighbour"), p.Container("user")}}
	for _, c := range n.neighbours {
		n.others = append(n.others, must(c.First(ctx)), must(c.Hold(ctx)))
	}
	n.one, n.first, n.own = firstProcess(ctx, n.caller), must(n.caller.First(ctx)), must(n.caller.Hold(ctx))
	return n
}

// statuses are the neighbours'.
func (n broadcast) statuses(ctx context.Context) []corev1.ContainerStatus {
	ginkgo.GinkgoHelper()
	var out []corev1.ContainerStatus
	for _, c := range n.neighbours {
		out = append(out, must(c.Status(ctx)))
	}
	return out
}

func (n broadcast) termToAll(ctx context.Context) {
	ginkgo.GinkgoHelper()
	evidence("process table of the caller before", must(n.caller.Processes(ctx)))
	must(n.caller.Output(ctx, "sh", "-c", "kill -TERM -1"))
	evidence("process table of the caller after", must(n.caller.Processes(ctx)))
}
