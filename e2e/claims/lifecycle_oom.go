package claims

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const oomManifest = "oom-spares-neighbours.yaml"

var oomSparesNeighbours = claim.Claim{
	ID:       "oom-spares-neighbours",
	Title:    "what the kernel kills for a container's limit of memory is that container's, whoever it shares a namespace with",
	Promise:  claim.Promise{From: "API, ResourceRequirements.limits", Text: "the maximum amount of compute resources allowed: a container's own; the kernel's killer looks in the cgroup whose limit it was"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{oomManifest},
	Shared: claim.Side{
		Observe: "the first process of a container with a limit wants more: it is killed, the container ends with exit code 137 and is restarted in the namespace of before; PID 1, the sandbox's, and the first and another process of a container without a limit are the same ones, and that container is not restarted",
		Check: func(ctx context.Context, b *lab.Bench) {
			g := newGreed(ctx, b)
			namespace, one := must(g.greedy.Self(ctx)).Namespaces["pid"], sandboxInit(ctx, g.greedy)
			g.killed(ctx)
			Expect(must(g.greedy.Self(ctx)).Namespaces["pid"]).To(Equal(namespace), "after it was killed for its memory the container is in another PID namespace than before")
			Expect(firstProcess(ctx, g.greedy).ID()).To(Equal(one.ID()), "PID 1 is another process than before a container was killed for its memory, %s", one)
		},
	},
	Isolated: claim.Side{
		Observe: "the same: it is killed as PID 1 of its own namespace, and the container has a new PID 1; the neighbour's processes are the same ones, and it is not restarted",
		Check: func(ctx context.Context, b *lab.Bench) {
			g := newGreed(ctx, b)
			old := ownInit(ctx, g.greedy)
			g.killed(ctx)
			Expect(ownInit(ctx, g.greedy).Start).To(BeNumerically(">", old.Start), "PID 1 of the restarted container should be a new process")
		},
	},
}

// greed is a pod where one container has a limit of memory.
type greed struct {
	greedy, neighbour *lab.Container
	others            []lab.Process // the neighbour's
}

func newGreed(ctx context.Context, b *lab.Bench) greed {
	p := must(b.NewPod(ctx, oomManifest))
	g := greed{greedy: p.Container("greedy"), neighbour: p.Container("neighbour")}
	g.others = []lab.Process{firstProcess(ctx, g.neighbour), must(g.neighbour.First(ctx)), must(g.neighbour.Hold(ctx))}
	return g
}

// killed has the first process of greedy killed for the memory that it wants, and waits for its successor; the neighbour goes on.
func (g greed) killed(ctx context.Context) {
	before, untouched := must(g.greedy.Status(ctx)), must(g.neighbour.Status(ctx))
	done(g.greedy.OrderGreed(ctx), "having the first process of container greedy want more memory than its limit")
	end := restarted(ctx, g.greedy, before, "the first process of container greedy wants more memory than its limit").End
	evidence("end of container greedy", fmt.Sprintf("exit code %d, reason %s", end.ExitCode, end.Reason)) // the runtime's word for why may come too late
	Control(end.ExitCode).To(BeEquivalentTo(killedByKILL), "control: the kernel should have killed the container's first process; it ended: %s", end)
	unharmed(ctx, g.neighbour, untouched, "a container was killed for its limit of memory, which its neighbour does not have", g.others...)
}
