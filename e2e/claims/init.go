package claims

import (
	"context"
	"fmt"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// Init is who has PID 1.
var Init = claim.Group{Name: "init", About: "who has PID 1", Claims: []claim.Claim{
	pauseIsPID1, noContainerHasPID1, hup1HitsSandbox,
	needsPID1Fails, term1EndsSandbox, reapsOrphans,
}}

var pauseIsPID1 = claim.Claim{
	ID:       "pause-is-pid-1",
	Title:    "PID 1 is the pod sandbox's process",
	Page:     []string{"attach.ps.pause", "pid-1.pause"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe:   "in every container PID 1 is the process that CRI names as the sandbox's: same start time, same namespace; where pods have a kernel of their own, one process that is no container's",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, shell := pagePod(ctx, b)
			if ownKernel(ctx, nginx) != "" {
				Expect(sandboxInit(ctx, nginx).ID()).To(Equal(sandboxInit(ctx, shell).ID()), "PID 1 should be one process for both containers")
				return
			}
			sandbox := must(p.Sandbox(ctx))
			Expect(sandbox.NSpid).To(HaveExactElements(sandbox.PID, 1), "the sandbox's process should be PID 1 of its namespace")
			for _, c := range p.Containers() {
				view := must(c.Look(ctx))
				one := processOne(view)
				evidence("PID 1 in "+c.Name, fmt.Sprintf("%s, program's SHA-256 %s", one, sandbox.SHA256))
				Expect(one.Start).To(Equal(sandbox.Start), "PID 1 in %s should be the sandbox's process (start %d, node's PID %d); it is %s", c.Name, sandbox.Start, sandbox.PID, one)
				Expect(view.Self.Namespaces["pid"]).To(Equal(sandbox.PIDNS), "%s should be in the sandbox's PID namespace", c.Name)
			}
		},
	},
	Isolated: claim.Side{
		Observe:   "PID 1 is the container's own command, by CRI; the sandbox's process is in none",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, shell := pagePod(ctx, b)
			if ownKernel(ctx, nginx) != "" {
				evidence("PID 1 in nginx and shell", []lab.Process{ownInit(ctx, nginx), ownInit(ctx, shell)})
				return
			}
			tasks := must(p.Tasks(ctx))
			sandbox := tasks.Sandbox
			for _, c := range p.Containers() {
				view := must(c.Look(ctx))
				one, task := processOne(view), tasks.Containers[c.Name]
				evidence("PID 1 in "+c.Name, one)
				Expect(one.Start).To(Equal(task.Start), "PID 1 in %s should be its own command (start %d, node's PID %d); it is %s", c.Name, task.Start, task.PID, one)
				Expect(view.Self.Namespaces["pid"]).NotTo(Equal(sandbox.PIDNS), "%s should not be in the sandbox's PID namespace", c.Name)
				Expect(view.Table.StartedAt(sandbox.Start).Theirs()).To(BeEmpty(), "the sandbox's process should not be visible in %s, which sees:\n%s", c.Name, view.Table)
			}
		},
	},
}

// ownKernel says that the node sees none of the pod's processes, which have a kernel of their own: they are not compared then.
func ownKernel(ctx context.Context, c *lab.Container) string {
	why := must(c.OwnKernel(ctx))
	if why != "" {
		evidence("what is not compared", why)
	}
	return why
}

// nodeSees says that what the container sees of processes can be compared with what its node does.
func nodeSees(ctx context.Context, b *lab.Bench, c *lab.Container) bool {
	return b.OutOfSight(ctx) == "" && ownKernel(ctx, c) == ""
}

// firstProcess is PID 1 as the container sees it.
func firstProcess(ctx context.Context, c *lab.Container) lab.Process {
	return processOne(must(c.Look(ctx)))
}

// processOne is PID 1 in a container's view.
func processOne(v lab.View) lab.Process {
	one, ok := v.Table.PID(1)
	Expect(ok).To(BeTrue(), "%s should see a PID 1; it sees:\n%s", v.Of.Name, v.Table)
	return one
}

// ownInit is the container's PID 1, which must be the container's own first process.
func ownInit(ctx context.Context, c *lab.Container) lab.Process {
	view := must(c.Look(ctx))
	one, own := processOne(view), must(view.First(ctx))
	Expect(one.ID()).To(Equal(own.ID()), "PID 1 in %s is not its own first process (%s), but %s", c, own, one)
	return one
}

// sandboxInit is the container's PID 1, which must not be the container's own first process.
func sandboxInit(ctx context.Context, c *lab.Container) lab.Process {
	view := must(c.Look(ctx))
	one, own := processOne(view), must(view.First(ctx))
	Expect(one.ID()).NotTo(Equal(own.ID()), "PID 1 in %s is its own first process, %s: it should be the sandbox's", c, own)
	return one
}

var noContainerHasPID1 = claim.Claim{
	ID:       "no-container-has-pid-1",
	Title:    "the container process no longer has PID 1",
	Page:     []string{"pid-1"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe:   "the innermost NSpid of each container's first process, by CRI, is not 1, and its container sees it under that PID",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			for c, pid := range containerPIDs(ctx, b) {
				Expect(pid).NotTo(Equal(1), "%s's first process should not be PID 1", c)
			}
		},
	},
	Isolated: claim.Side{
		Observe:   "it is 1 in each",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			for c, pid := range containerPIDs(ctx, b) {
				Expect(pid).To(Equal(1), "%s's first process should be PID 1", c)
			}
		},
	},
}

// containerPIDs are the PIDs of the containers' first processes in their own namespaces, confirmed from within.
func containerPIDs(ctx context.Context, b *lab.Bench) map[string]int {
	p, nginx, _ := pagePod(ctx, b)
	pids := map[string]int{}
	if ownKernel(ctx, nginx) != "" {
		for _, c := range p.Containers() {
			pids[c.Name] = must(c.First(ctx)).PID
		}
		evidence("PIDs of the containers' first processes, as these see them", pids)
		return pids
	}
	tasks := must(p.Tasks(ctx))
	for _, c := range p.Containers() {
		task := tasks.Containers[c.Name]
		Expect(task.NSpid).To(HaveLen(2), "%s's first process should have one PID on the node and one in the pod; it is not in the node's own namespace", c)
		pid := task.NSpid[len(task.NSpid)-1]
		table := must(c.Processes(ctx))
		inside, ok := table.PID(pid)
		Expect(ok && inside.Start == task.Start).To(BeTrue(), "%s should see its first process as PID %d, start %d; it sees:\n%s", c.Name, pid, task.Start, table)
		pids[c.Name] = pid
	}
	evidence("PIDs of the containers' first processes", pids)
	return pids
}

var hup1HitsSandbox = claim.Claim{
	ID:       "hup-1-hits-sandbox",
	Title:    "kill -HUP 1 signals the pod sandbox, not the container's process",
	Page:     []string{"pid-1.expected", "pid-1.sandbox"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Takes:    8 * time.Second,
	Shared: claim.Side{
		Observe: "from nginx's container kill -HUP 1 succeeds and nothing happens (nor by USR1 or KILL): nginx keeps its worker, PID 1, the process that CRI names as the sandbox's, lives on; the same signal to nginx itself does replace the worker",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, _ := ownPagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			one := firstProcess(ctx, nginx)
			Expect(one.ID()).NotTo(Equal(master.ID()), "PID 1 should not be nginx")

			expectSandbox(ctx, b, nginx, one)

			before := must(p.Get(ctx))
			for _, signal := range []string{"HUP", "USR1", "KILL"} {
				r, err := nginx.ShellKill(ctx, signal, "1")
				if lab.CauseOf(err) == reports.CauseExec { // a sandbox that ends takes the exec along
					now, stands := p.Renewed(ctx, before)
					Expect(stands).To(HaveOccurred(), "kill -%s 1 ended the sandbox, which should ignore it; the pod is in a new one: %s", signal, lab.Describe(now))
				}
				r = must(r, err)
				Expect(r.ExitCode).To(BeZero(), "kill -%s 1 should succeed: %s", signal, r)
			}
			quietly(ctx, func(g Gomega) {
				table := seen(nginx.Processes(ctx))
				g.Expect(table.IDs()).To(ContainElements(one.ID(), master.ID(), worker.ID()), "seen:\n%s", table)
			}, "kill -HUP 1, -USR1 1 and -KILL 1 should change nothing: from inside, PID 1 gets only what it has a handler for")

			// Control: the same signal to the right process is noticed.
			Expect(must(nginx.Kill(ctx, "HUP", master.PID))).To(BeEmpty(), "nginx's container should be able to signal its own master")
			evidence("worker after kill -HUP MASTER", eventuallyNewWorker(ctx, nginx, master, worker))
		},
	},
	Isolated: claim.Side{
		Observe: "nginx is PID 1 and reloads: a new worker under the same master",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, _ := ownPagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			Expect(master.PID).To(Equal(1), "nginx's master should be PID 1 of its container")
			Expect(must(nginx.ShellKill(ctx, "HUP", "1")).ExitCode).To(BeZero(), "kill -HUP 1 should succeed")
			evidence("worker after kill -HUP 1", eventuallyNewWorker(ctx, nginx, master, worker))
		},
	},
}
