package claims

import (
	"context"
	"strconv"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/reports"
)

// Signals is what one container may do to another's processes.
var Signals = claim.Group{Name: "signals", About: "what one container may do to another’s processes", Claims: []claim.Claim{
	hupRestartsWorker, sysPtraceGranted, signalAccess, signalBothWays, walkWithoutSysPtrace, broadcastReachesNeighbours, otherUIDRefused,
}}

var hupRestartsWorker = claim.Claim{
	ID:       "hup-restarts-worker",
	Title:    "SIGHUP from the shell container makes nginx restart its worker process",
	Page:     []string{"signal.others", "signal.hup", "signal.kill", "signal.ps.worker"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Takes:    6 * time.Second,
	Shared: claim.Side{
		Observe: "the same master, a new worker, the old one gone; no container restarted; HTTP served throughout",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, shell := ownPagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			others := []lab.Process{firstProcess(ctx, shell), master, must(shell.First(ctx))}
			expectExactly(ctx, shell, append(others, worker)...)
			before := p.Statuses(must(p.Get(ctx)))

			load := startRequests(ctx, shell)
			Expect(must(shell.Kill(ctx, "HUP", master.PID))).To(BeEmpty(), "shell should be able to signal nginx's master (PID %d)", master.PID)
			fresh := eventuallyNewWorker(ctx, nginx, master, worker)
			evidence("worker before and after", worker.String()+"\n"+fresh.String())
			served := load()
			Expect(served.failed).To(BeZero(), "HTTP should be served throughout: %d requests were answered, %d were not", served.answered, served.failed)
			again := must(shell.Run(ctx, "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"))
			Expect(again.ExitCode).To(BeZero(), "the new worker should answer over HTTP: %s", again)

			expectExactly(ctx, shell, append(others, fresh)...) // the other container's process too, by its start time
			after := p.Statuses(must(p.Get(ctx)))
			Expect(after).To(HaveLen(len(before)), "the pod's containers")
			for i := range before {
				Expect(unlost(after[i]).ContainerID).To(Equal(before[i].ContainerID), "container %s should not have been restarted", before[i].Name)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "nginx's processes have no PID in the shell: kill answers ESRCH for each, and nginx keeps its worker",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := pagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			table := expectExactly(ctx, shell, firstProcess(ctx, shell))
			evidence("process table of shell", table)
			for _, pid := range foreignPIDs(ctx, b, nginx, shell, master, worker) {
				Expect(must(shell.Kill(ctx, "HUP", pid))).To(Equal("ESRCH"), "shell's kill -HUP %d should find no process", pid)
			}
			quietly(ctx, func(g Gomega) {
				now := seen(nginx.Processes(ctx))
				g.Expect(now.IDs()).To(ContainElements(master.ID(), worker.ID()), "seen:\n%s", now)
			}, "nginx should be out of the shell's reach")
		},
	},
}

// foreignPIDs are the numbers that nginx's processes have in any view, but those that are one of the viewer's own processes. Where all are,
// one more process is started in nginx's container, by a number that the viewer has been through and has no process of.
func foreignPIDs(ctx context.Context, b *lab.Bench, nginx, viewer *lab.Container, processes ...lab.Process) []int {
	ginkgo.GinkgoHelper()
	var candidates []int
	for _, p := range processes {
		candidates = append(candidates, p.PID)
	}
	if b.OutOfSight(ctx) == "" {
		candidates = append(candidates, must(nginx.Task(ctx)).NSpid...)
	}
	out := freeIn(must(viewer.Processes(ctx)), candidates)
	if len(out) == 0 {
		done(nginx.UsePIDs(ctx))
		far := must(nginx.Hold(ctx))
		done(viewer.UsePIDs(ctx))
		done(viewer.UsePIDs(ctx))
		out = freeIn(must(viewer.Processes(ctx)), []int{far.PID})
	}
	Control(out).NotTo(BeEmpty(), "control: a process of nginx's container should have a number that no process of container %s has", viewer.Name)
	return out
}

// freeIn keeps the numbers that no process in the table has, or gets soon.
func freeIn(own lab.Table, pids []int) (out []int) {
	for _, pid := range pids {
		if own.Free(pid) {
			out = append(out, pid)
		}
	}
	return out
}

var sysPtraceGranted = claim.Claim{
	ID:       "sys-ptrace-granted",
	Title:    "the shell container has the SYS_PTRACE capability, and can trace nginx",
	Page:     []string{"signal.requires"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "CapEff of sh has bit 19, of nginx's master not; ptrace(PTRACE_ATTACH) on the master, and on the worker, another user's, works from shell; to nginx's container it is refused on the worker, and on sh, which has more capabilities",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := pagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			view := must(shell.Look(ctx))
			sh := must(view.First(ctx))
			evidence("shell's probe", view.Self.Credentials())
			tracingIsPossible(view.Self)
			Expect(hasSysPtrace(sh.CapEff)).To(BeTrue(), "sh should have SYS_PTRACE, its CapEff is %s", sh.CapEff)
			Expect(hasSysPtrace(master.CapEff)).To(BeFalse(), "nginx's master should not have SYS_PTRACE, its CapEff is %s", master.CapEff)
			Expect(must(shell.Trace(ctx, master.PID))).To(BeEmpty(), "shell should be able to trace nginx's master (PID %d)", master.PID)
			Expect(must(shell.Trace(ctx, worker.PID))).To(BeEmpty(), "shell should be able to trace nginx's worker (PID %d), another user's process: that takes SYS_PTRACE", worker.PID)
			Control(must(nginx.Trace(ctx, worker.PID))).To(Equal("EPERM"), "control: nginx's container, without SYS_PTRACE, should not be able to trace its own worker")
			Expect(must(nginx.Trace(ctx, sh.PID))).To(Equal("EPERM"), "nginx's container should not be able to trace sh, which has a capability that nginx lacks")
		},
	},
	Isolated: claim.Side{
		Observe: "the bit is set all the same; ptrace finds none of nginx's processes: ESRCH",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := pagePod(ctx, b)
			master, worker := nginxProcesses(ctx, nginx)
			view := must(shell.Look(ctx))
			sh := must(view.First(ctx))
			tracingIsPossible(view.Self)
			Expect(hasSysPtrace(sh.CapEff)).To(BeTrue(), "sh should have SYS_PTRACE, its CapEff is %s", sh.CapEff)
			for _, pid := range foreignPIDs(ctx, b, nginx, shell, master, worker) {
				Expect(must(shell.Trace(ctx, pid))).To(Equal("ESRCH"), "shell's ptrace on PID %d should find no process", pid)
			}
			Control(must(shell.Trace(ctx, sh.PID))).To(BeEmpty(), "control: shell should be able to trace its own sh")
		},
	},
}

// tracingIsPossible leaves the claim where the node's kernel lets nobody trace anything: that is not the cluster's doing.
func tracingIsPossible(self probe.Self) {
	if self.Yama == yamaNoAttach {
		unobserved(reports.CauseLSM, "kernel.yama.ptrace_scope is "+yamaNoAttach+" on the node, which refuses ptrace(PTRACE_ATTACH) to everybody")
	}
}

// yamaNoAttach is Yama's strictest scope.
const yamaNoAttach = "3"

// capSysPtrace is CAP_SYS_PTRACE's bit, from capabilities(7).
const capSysPtrace = 19

func hasSysPtrace(capEff string) bool {
	bits, err := strconv.ParseUint(capEff, 16, 64)
	Control(err).NotTo(HaveOccurred(), "control: CapEff %q", capEff)
	return bits>>capSysPtrace&1 == 1
}
