package e2e

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var term1EndsSandbox = claim.Claim{
	ID:    "term-1-ends-sandbox",
	Title: "kill -TERM 1 ends the pod sandbox, and the pod comes back in a new one",
	Quote: "In pods with a shared process namespace, kill -HUP 1 will signal the pod sandbox",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "TERM to PID 1 from nginx's container: all three containers are started anew, in one new namespace with a new PID 1; nothing of before is left; the pod is Ready again and the same object",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "term-1-ends-sandbox.yaml"))
			nginx, before := p.Container("nginx"), must(p.Get(ctx))
			old := must(nginx.Processes(ctx)).Lasting()
			one := firstProcess(ctx, nginx)

			Expect(must(nginx.Run(ctx, "sh", "-c", "kill -TERM 1")).ExitCode).To(Or(BeZero(), Equal(killedByKILL)), "kill -TERM 1 should be allowed (its shell may end with the sandbox)")
			for _, s := range before.Status.ContainerStatuses {
				must(p.Container(s.Name).Restarted(ctx, s))
			}
			Expect(p.WaitReady(ctx)).To(Succeed(), "the pod should be Ready again")
			now := must(p.Get(ctx))
			evidence("pod", lab.Describe(now))
			Expect(now.UID).To(Equal(before.UID), "the pod was replaced by another object: it should be the same pod in a new sandbox")

			table := must(nginx.Processes(ctx))
			evidence("process table of nginx before", old)
			evidence("process table of nginx after", table)
			fresh := firstProcess(ctx, nginx)
			Expect(fresh.Start).To(BeNumerically(">", one.Start), "PID 1 is the same process as before kill -TERM 1, which should have ended it: %s", one)
			for _, c := range p.Containers() {
				Expect(firstProcess(ctx, c).ID()).To(Equal(fresh.ID()), "%s has another PID 1 than nginx: all containers should be in the new sandbox's namespace", c.Name)
			}
			Expect(table.IDs()).NotTo(ContainElements(old.IDs()), "processes of before the new sandbox are left; seen now:\n%s", table)
		},
	},
	Isolated: claim.Side{
		Observe: "from nginx's container it ends nginx, and that container alone is restarted; from a container whose PID 1 has no handler (sh, sleep) it does nothing, though TERM ends another process there",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "term-1-ends-sandbox.yaml"))
			before := must(p.Get(ctx)).Status.ContainerStatuses
			for _, c := range []*lab.Container{p.Container("shell"), p.Container("sleeper")} {
				termIsIgnored(ctx, c)
			}
			nginx := p.Container("nginx")
			Expect(must(nginx.Run(ctx, "sh", "-c", "kill -TERM 1")).ExitCode).To(Or(BeZero(), Equal(killedByKILL)), "kill -TERM 1 should be allowed (its shell may end with nginx)")
			for _, s := range before {
				if s.Name != nginx.Name {
					continue
				}
				end := must(nginx.Restarted(ctx, s)).LastTerminationState.Terminated
				evidence("end of container nginx", end)
				Expect(end).NotTo(BeNil(), "the status should say how nginx ended")
				Expect(end.ExitCode).To(BeZero(), "nginx should have heeded TERM and exited with code 0; it ended: %s", end)
			}
			for _, s := range before {
				if s.Name != nginx.Name {
					notRestarted(ctx, p.Container(s.Name), s)
				}
			}
		},
	},
}

// termIsIgnored sends TERM to the container's PID 1, which has no handler, and as a control to another process of it.
func termIsIgnored(ctx context.Context, c *lab.Container) {
	one, held := firstProcess(ctx, c), must(c.Hold(ctx))
	Expect(must(c.Run(ctx, "sh", "-c", "kill -TERM 1")).ExitCode).To(BeZero(), "kill -TERM 1 should be allowed in %s", c)
	Consistently(ctx, func(g Gomega) {
		table, err := c.Processes(ctx)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(table.IDs()).To(ContainElements(one.ID(), held.ID()), "seen:\n%s", table)
	}).WithTimeout(lab.Timeouts.Quiet).WithPolling(lab.Timeouts.Poll).Should(Succeed(), "kill -TERM 1 in %s, whose PID 1 has no handler, should change nothing", c)

	Expect(must(c.Kill(ctx, "TERM", held.PID))).To(BeEmpty(), "control: TERM to another process of %s should be allowed", c)
	Eventually(ctx, func(g Gomega) {
		table, err := c.Processes(ctx)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(table.WithWord(held.Word)).To(BeEmpty(), "seen:\n%s", table)
	}).WithTimeout(lab.Timeouts.Observation).WithPolling(lab.Timeouts.Poll).Should(Succeed(), "control: TERM should end a process without a handler that is not PID 1, in %s", c)
}
