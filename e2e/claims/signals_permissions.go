package claims

import (
	"context"
	"strconv"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
)

var walkWithoutSysPtrace = claim.Claim{
	ID:       "walk-without-sys-ptrace",
	Title:    "the page's walk-through works without the SYS_PTRACE capability, too",
	Page:     []string{"signal.requires"},
	Promise:  claim.Promise{From: "kill(2)", Text: "the same uid, or CAP_KILL"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"walk-without-sys-ptrace.yaml"},
	Shared: claim.Side{
		Observe: "the page's manifest less the capability: ps shows nginx, kill -HUP replaces its worker, head prints nginx.conf through /proc/MASTER/root; kill(2) and ptrace(2) say so for root with equal capabilities; the worker's root, of another uid, is refused (EACCES)",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "walk-without-sys-ptrace.yaml"))
			nginx, shell := p.Container("nginx"), p.Container("shell")
			master, worker := nginxProcesses(ctx, nginx)
			visible(ctx, shell, nginx, master, worker)
			withoutSysPtrace(ctx, shell, master, worker)

			shown := must(shell.Output(ctx, "ps", "ax"))
			evidence("ps ax", shown)
			Expect(must(parsePS(shown)).rows(psNumberAndCommand)).To(ContainElements(
				strconv.Itoa(master.PID)+" "+nginxMaster, strconv.Itoa(worker.PID)+" "+nginxWorker),
				"ps ax in the shell container should show nginx's processes, without SYS_PTRACE as with it")
			path := rootOf(master.PID) + nginxConf
			Expect(words(must(shell.Output(ctx, "head", path)))).To(Equal(pageConfHead), "without SYS_PTRACE, too, head %s should print what the page prints", path)
			must(shell.Output(ctx, "sh", "-c", "kill -HUP "+strconv.Itoa(master.PID)))
			evidence("worker after kill -HUP", eventuallyNewWorker(ctx, nginx, master, worker))
		},
	},
	Isolated: claim.NotApplicable("the walk-through needs nginx's processes in the shell, and there are none (hup-restarts-worker, proc-root-page)"),
}

// withoutSysPtrace makes sure that the shell lacks the capability, and records what the manual pages say of it.
func withoutSysPtrace(ctx context.Context, shell *lab.Container, master, worker lab.Process) {
	ginkgo.GinkgoHelper()
	self := must(shell.Self(ctx))
	Expect(hasSysPtrace(self.CapEff)).To(BeFalse(), "shell did not ask for SYS_PTRACE and should not have it; it is %s", self.Credentials())
	Expect(attempt(ctx, shell, lab.ToRead(rootOf(worker.PID)+nginxConf)).Err).To(Equal("EACCES"),
		"control: without SYS_PTRACE, root should not get at the root of nginx's worker, which has another uid; the shell: %s", self.Credentials())

	me := access.Creds{UID: self.UID, GID: self.GID, Caps: bits(self.CapEff)}
	its := target{process: master, dumpable: true}.creds()
	kill, root := access.Kill(me, its), access.Root(me, its)
	evidence("what the manual pages say", "kill(2) of the signal: "+kill.String()+"\nptrace(2) of /proc/MASTER/root: "+root.String())
	Expect([]string{kill.Err, root.Err}).To(Equal([]string{"", ""}), "kill(2) and ptrace(2) should allow what follows: kill: %s; root: %s; nginx's master has CapPrm %s, the shell: %s", kill, root, master.CapPrm, self.Credentials())
}

func psNumberAndCommand(r psRow) string { return r.number() + " " + r.command }

var otherUIDRefused = claim.Claim{
	ID:       "other-uid-refused",
	Title:    "uid 1000 without CAP_KILL cannot signal root's process in another container",
	Page:     []string{"signal.others"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"signal-access.yaml"},
	Shared: claim.Side{
		Observe: "TERM from a container that runs as uid 1000 to root's process: EPERM, and the process lives; the same signal to uid 1000's own process there, and from root's container to root's process, ends them",
		Check: func(ctx context.Context, b *lab.Bench) {
			host, sender, user := signalPod(ctx, b)
			roots, users := must(host.Hold(ctx)), must(host.As(lab.Identity{UID: 1000}).Hold(ctx))
			visible(ctx, user, host, roots, users)
			a := attempt(ctx, user, lab.ToKill("TERM", roots.PID))
			notPrivileged(a)
			Expect(a.Err).To(Equal("EPERM"), "uid 1000 should not be allowed to signal root's process %s; the sender: %s", roots, a.Self.Credentials())
			signalled(ctx, user, "TERM", users)
			eventuallyEnd(ctx, host, "control: uid 1000 should be able to end its own uid's process in another container", users)
			alive(ctx, host, "the refused signal should not have harmed root's process", roots)
			signalled(ctx, sender, "TERM", roots)
			eventuallyEnd(ctx, host, "control: root should be able to end root's process in another container", roots)
		},
	},
	Isolated: claim.Side{
		Observe: "neither uid 1000 nor root finds the process: ESRCH, and it lives; from its own container the same signal ends it",
		Check: func(ctx context.Context, b *lab.Bench) {
			host, sender, user := signalPod(ctx, b)
			done(host.UsePIDs(ctx))
			held := must(host.Hold(ctx))
			for _, from := range []*lab.Container{user, sender} {
				a := attempt(ctx, from, lab.ToKill("TERM", held.PID))
				Expect(a.Err).To(Equal("ESRCH"), "container %s should find no process under the number of another container's, %s; the sender: %s", from.Name, held, a.Self.Credentials())
			}
			alive(ctx, host, "a signal to no process should harm none", held)
			signalled(ctx, host, "TERM", held)
			eventuallyEnd(ctx, host, "control: the process' own container should be able to end it", held)
		},
	},
}

// notPrivileged expects that who asked is uid 1000 without CAP_KILL: otherwise a refusal is no matter of Unix permissions.
func notPrivileged(a probe.Answer) {
	ginkgo.GinkgoHelper()
	kill := must(probe.CapabilityMask("KILL"))
	Expect(a.Self.UID).To(Equal(1000), "the container asks to run as uid 1000; its process is %s", a.Self.Credentials())
	Expect(bits(a.Self.CapEff)&kill).To(BeZero(), "a container that runs as uid 1000 should have no CAP_KILL; its process is %s", a.Self.Credentials())
}
