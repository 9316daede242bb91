package claims

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var term1EndsSandbox = claim.Claim{
	ID:       "term-1-ends-sandbox",
	Title:    "kill -TERM 1 ends the pod sandbox, and the pod comes back in a new one",
	Page:     []string{"pid-1.sandbox"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"term-1-ends-sandbox.yaml"},
	Shared: claim.Side{
		Observe: "TERM to PID 1 from nginx's container: all three containers are started anew, in one new namespace with a new PID 1; nothing of before is left; the pod is Ready again and the same object",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "term-1-ends-sandbox.yaml"))
			nginx, before := p.Container("nginx"), must(p.Get(ctx))
			evidence("process table of nginx before", must(nginx.Processes(ctx)).Lasting())
			sandboxInit(ctx, nginx)

			asked := time.Now()
			termPID1(ctx, nginx, func() error { _, err := p.Renewed(ctx, before); return err })
			now := renewed(ctx, p, before, "kill -TERM 1 did not bring all containers of the pod back in a new sandbox")
			evidence("pod", lab.Describe(now))
			Expect(now.UID).To(Equal(before.UID), "the pod was replaced by another object: it should be the same pod in a new sandbox")

			view := must(nginx.Look(ctx))
			evidence("process table of nginx after", view.Table)
			fresh, old := processOne(view), view.OlderThan(time.Since(asked))
			Expect(old.IDs()).NotTo(ContainElement(fresh.ID()), "PID 1 is the same process as before kill -TERM 1, which should have ended it: %s", fresh)
			Expect(old).To(BeEmpty(), "processes of before the new sandbox are left; seen now:\n%s", view.Table)
			for _, c := range p.Containers() {
				Expect(firstProcess(ctx, c).ID()).To(Equal(fresh.ID()), "%s has another PID 1 than nginx: all containers should be in the new sandbox's namespace", c.Name)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "from nginx's container it ends nginx, and that container alone is restarted; from a container whose PID 1 has no handler (sh, sleep) it does nothing, though TERM ends another process there",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "term-1-ends-sandbox.yaml"))
			nginx, shell, sleeper := p.Container("nginx"), p.Container("shell"), p.Container("sleeper")
			ownInit(ctx, nginx)
			shellsOne, shellBefore := ownInit(ctx, shell), must(shell.Status(ctx))
			sleepersOne, sleeperBefore := ownInit(ctx, sleeper), must(sleeper.Status(ctx))
			termIsIgnored(ctx, shell, sleeper)

			before := must(nginx.Status(ctx))
			termPID1(ctx, nginx, func() error { _, err := nginx.Restarted(ctx, before); return err })
			end := restarted(ctx, nginx, before, "kill -TERM 1 should end nginx").End
			evidence("end of container nginx", end)
			Expect(end.ExitCode).To(BeZero(), "nginx did not end by TERM, as its exit code should be 0; it ended: %s", end)

			notRestarted(ctx, shell, shellBefore)
			notRestarted(ctx, sleeper, sleeperBefore)
			Expect(firstProcess(ctx, shell).ID()).To(Equal(shellsOne.ID()), "kill -TERM 1 in nginx's container ended shell's PID 1 too")
			Expect(firstProcess(ctx, sleeper).ID()).To(Equal(sleepersOne.ID()), "kill -TERM 1 in nginx's container ended sleeper's PID 1 too")
		},
	},
}

// termPID1 sends TERM to a PID 1 that heeds it. The shell that does may end with it, and the exec before it is told how: then that it came to what it should tells.
func termPID1(ctx context.Context, c *lab.Container, came func() error) {
	ginkgo.GinkgoHelper()
	r, err := c.ShellKill(ctx, "TERM", "1")
	if lab.CauseOf(err) == reports.CauseExec && came() == nil {
		evidence("the exec of kill -TERM 1 in "+c.Name, err)
		return
	}
	Expect(must(r, err).ExitCode).To(Or(BeZero(), Equal(killedByKILL)), "kill -TERM 1 should be allowed (its shell may end with PID 1)")
}

// termIsIgnored sends TERM to the PID 1 of containers where it has no handler, and as a control to another process there.
func termIsIgnored(ctx context.Context, containers ...*lab.Container) {
	held := map[*lab.Container]lab.Process{}
	lives := map[*lab.Container][]lab.ID{}
	for _, c := range containers {
		held[c] = must(c.Hold(ctx))
		lives[c] = []lab.ID{firstProcess(ctx, c).ID(), held[c].ID()}
		Expect(must(c.ShellKill(ctx, "TERM", "1")).ExitCode).To(BeZero(), "kill -TERM 1 should be allowed in %s", c)
	}
	quietly(ctx, func(g Gomega) {
		for _, c := range containers {
			table := seen(c.Processes(ctx))
			g.Expect(table.IDs()).To(ContainElements(lives[c]), "PID 1 of %s, which has no handler for TERM, or another process there ended by kill -TERM 1; seen:\n%s", c, table)
		}
	}, "kill -TERM 1 should change nothing where PID 1 has no handler")

	for _, c := range containers {
		Control(must(c.Kill(ctx, "TERM", held[c].PID))).To(BeEmpty(), "control: TERM to another process of %s should be allowed", c)
		table := must(lab.Await(ctx, lab.Timeouts.Observation, c.Processes, func(t lab.Table) bool { return len(t.WithWord(held[c].Word)) == 0 }))
		Control(table.WithWord(held[c].Word)).To(BeEmpty(), "control: TERM should end a process without a handler that is not PID 1, in %s", c)
	}
}
