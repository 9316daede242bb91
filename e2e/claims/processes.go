package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// visible expects the viewer to see another container's processes: the same PID and start time as that one sees.
// Where it does not, what it then tries under these numbers says nothing about them.
func visible(ctx context.Context, viewer, owner *lab.Container, processes ...lab.Process) {
	ginkgo.GinkgoHelper()
	table := must(viewer.Processes(ctx))
	for _, p := range processes {
		Expect(table.WithID(p.ID())).To(HaveLen(1), "a process of container %s should be visible from container %s: %s; container %s sees:\n%s", owner.Name, viewer.Name, p, viewer.Name, table)
	}
}

// signalled sends a signal that must not be refused.
func signalled(ctx context.Context, from *lab.Container, signal string, to lab.Process) {
	ginkgo.GinkgoHelper()
	a := attempt(ctx, from, lab.ToKill(signal, to.PID))
	Expect(a.Err).To(BeEmpty(), "container %s should be able to send %s to another container's process, %s; the sender: %s", from.Name, signal, to, a.Self.Credentials())
}

// eventuallyIs waits until the process, as seen in the container, is what the words say.
func eventuallyIs(ctx context.Context, viewer *lab.Container, p lab.Process, what string, is func(lab.Process) bool) {
	ginkgo.GinkgoHelper()
	eventually(ctx, viewer, func(g Gomega) {
		table := seen(viewer.Processes(ctx))
		now := table.WithID(p.ID())
		g.Expect(now).To(HaveLen(1), "it should be among:\n%s", table)
		g.Expect(is(now[0])).To(BeTrue(), "it is named %s, its state is %s", now[0].Comm, now[0].State)
	}, "%s should %s, as seen from container %s", p, what, viewer.Name)
}

// eventuallyEnd waits until the processes, as seen in the container, have ended. A zombie has: to reap it is PID 1's
// matter, and that is another claim.
func eventuallyEnd(ctx context.Context, viewer *lab.Container, why string, processes ...lab.Process) {
	ginkgo.GinkgoHelper()
	eventually(ctx, viewer, func(g Gomega) {
		table := seen(viewer.Processes(ctx))
		for _, p := range processes {
			g.Expect(lives(table, p)).To(BeFalse(), "%s still lives, container %s sees:\n%s", p, viewer.Name, table)
		}
	}, "%s", why)
}

// alive expects that the very processes live on, as seen in the container.
func alive(ctx context.Context, viewer *lab.Container, why string, processes ...lab.Process) {
	ginkgo.GinkgoHelper()
	table, err := viewer.Processes(ctx)
	done(err, "%s, but container %s can no longer be looked into", why, viewer.Name)
	for _, p := range processes {
		Expect(lives(table, p)).To(BeTrue(), "%s, but %s has ended; container %s sees:\n%s", why, p, viewer.Name, table)
	}
}

func lives(table lab.Table, p lab.Process) bool {
	now := table.WithID(p.ID())
	return len(now) == 1 && now[0].State != "Z" && now[0].State != "X"
}
