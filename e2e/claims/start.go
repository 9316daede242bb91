package claims

import (
	"context"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/gomega" //nolint: the claims read as sentences

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

// Start is the page's walk-through.
var Start = claim.Group{Name: "start", About: "the page's walk-through", Claims: []claim.Claim{pageManifestRuns, attachTerminal, pageTranscript}}

var pageManifestRuns = claim.Claim{
	ID:       "page-manifest-runs",
	Title:    "the page's manifest, byte for byte, is accepted and both containers run",
	Page:     []string{"configure.manifest", "create", "create.command"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "the pod is Ready; nginx and shell are running, ready, never restarted, with what the manifest asks for",
		Check:   pageManifestRunning,
	},
	Isolated: claim.Side{
		Observe: "the same: the manifest is valid where the field has no effect",
		Check:   pageManifestRunning,
	},
}

func pageManifestRunning(ctx context.Context, b *lab.Bench) {
	p, err := b.SharedPod(ctx, fixtures.PageManifest)
	done(err, "the page's manifest should be accepted, and its pod become Ready")
	pod := must(p.Get(ctx))
	evidence("pod", lab.Describe(pod))
	if strangers := p.Strangers(); len(strangers) > 0 {
		evidence("containers that admission has added", strings.Join(strangers, ", "))
	}

	var names []string
	for _, s := range p.Statuses(pod) {
		names = append(names, unlost(s).Name)
		Expect(s.State.Running).NotTo(BeNil(), "container %s should be running; the pod: %s", s.Name, lab.Describe(pod))
		Expect(s.Ready).To(BeTrue(), "container %s should be ready; the pod: %s", s.Name, lab.Describe(pod))
		Expect(s.RestartCount).To(BeZero(), "container %s should never have been restarted; the pod: %s", s.Name, lab.Describe(pod))
	}
	Expect(names).To(ConsistOf("nginx", "shell"), "the page's pod has two containers")

	spec := map[string]corev1.Container{}
	for _, c := range pod.Spec.Containers {
		spec[c.Name] = c
	}
	nginx, shell := spec["nginx"], spec["shell"]
	Expect([]string{nginx.Image, shell.Image}).To(Equal([]string{b.Image("nginx"), b.Image("busybox")}), "the images as the page names them")
	Expect(shell.Stdin && shell.TTY).To(BeTrue(), "shell should keep stdin: true and tty: true")
	Expect(shell.SecurityContext).To(HaveField("Capabilities.Add", []corev1.Capability{"SYS_PTRACE"}), "shell should ask for SYS_PTRACE, as on the page")
}

var attachTerminal = claim.Claim{
	ID:       "attach-terminal",
	Title:    "attaching to the shell container gives its prompt, and ps shows the pod's processes",
	Page:     []string{"attach", "attach.command", "attach.prompt"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "over a terminal: busybox' prompt; ps ax lists PID 1, which is the sandbox's (the page's /pause), nginx's master and worker, sh and itself",
		Check: func(ctx context.Context, b *lab.Bench) {
			table := psOverTerminal(ctx, b)
			one, others := table.sandboxFirst()
			evidence("PID 1", one)
			Expect(others.commands()).To(ConsistOf(nginxMaster, nginxWorker, "sh", "ps ax"),
				"ps ax typed in the attached shell should list PID 1 and every process of the pod; the terminal showed:\n%s", table)
		},
	},
	Isolated: claim.Side{
		Observe: "over a terminal: busybox' prompt; ps ax lists sh and itself alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			table := psOverTerminal(ctx, b)
			Expect(table.commands()).To(ConsistOf("sh", "ps ax"),
				"ps ax typed in the attached shell should list the shell's own processes alone; the terminal showed:\n%s", table)
		},
	},
}

// podToTypeIn is a page's pod in which nothing of the suite's stays: ps would show it.
func podToTypeIn(ctx context.Context, b *lab.Bench) (nginx, shell *lab.Container) {
	_, nginx, shell = ownPagePod(ctx, b)
	return nginx.ByExec(), shell.ByExec()
}

// psOverTerminal does what the page says: attach, press enter, type ps ax.
func psOverTerminal(ctx context.Context, b *lab.Bench) psTable {
	nginx, shell := podToTypeIn(ctx, b)
	nginxProcesses(ctx, nginx) // a Ready pod's nginx may still be starting
	return lasting(ctx, shell, must(parsePS(typed(ctx, shell, psCommand)[0])))
}

// lasting leaves out what comes and goes, as the kubelet's exec probes do, and what containers run that admission has added: a look that follows ps tells, by PIDs.
func lasting(ctx context.Context, shell *lab.Container, table psTable) psTable {
	strangers := len(shell.Pod.Strangers()) > 0
	processes, err := shell.Processes(ctx)
	if err != nil && !strangers { // what cannot be told apart stays: a /proc that is not the container's own, for one
		evidence("a look after ps", err)
		return table
	}
	done(err)
	if strangers {
		evidence("process table of shell, with the containers that admission has added", processes)
	}
	return slices.DeleteFunc(table, func(r psRow) bool {
		p, there := processes.PID(r.pid)
		return p.Stranger || !there && r.command != psCommand
	})
}

// typed is what each line shows that is typed to an attached shell.
func typed(ctx context.Context, shell *lab.Container, lines ...string) (shown []string) {
	terminal := must(shell.Attach(ctx))
	defer terminal.Close()
	defer func() { evidence("terminal", terminal.Shown()) }()
	must(terminal.Enter(ctx, ""))
	for _, line := range lines {
		shown = append(shown, must(terminal.Enter(ctx, line)))
	}
	return shown
}

var pageTranscript = claim.Claim{
	ID:       "page-transcript",
	Title:    "the page's session shows what the page prints: order, owners, parents, before and after kill -HUP",
	Page:     []string{"attach.ps*", "signal.kill", "signal.ps*"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Takes:    5 * time.Second,
	Shared: claim.Side{
		Observe: "the page's tables row by row, numbers free (sh may have started before nginx's worker); after kill -HUP the worker comes last but ps; head of /proc/MASTER/root/etc/nginx/nginx.conf as printed",
		Check:   pageSession,
	},
	Isolated: claim.Side{
		Observe: "sh is PID 1; no pause, no nginx; no other PID in /proc",
		Check: func(ctx context.Context, b *lab.Bench) {
			nginx, shell := podToTypeIn(ctx, b)
			shown := typed(ctx, shell, psCommand, "echo /proc/[0-9]*")
			table := lasting(ctx, shell, must(parsePS(shown[0])))
			inProc := lasting(ctx, shell, procRows(shown[1]))
			Expect(table.rows(psOwnerAndCommand)).To(Equal([]string{"root sh", "root ps ax"}), "the whole table; the terminal showed:\n%s", table)
			Expect(table[0].pid).To(Equal(1), "sh should be PID 1; the terminal showed:\n%s", table)
			Expect(inProc.commands()).To(Equal([]string{"/proc/1"}), "the shell's /proc should hold no other process")
			nginxProcesses(ctx, nginx) // control: it runs
		},
	},
}

// pageSession types the page's commands and compares what is shown.
func pageSession(ctx context.Context, b *lab.Bench) {
	nginx, shell := podToTypeIn(ctx, b)
	nginxProcesses(ctx, nginx) // a Ready pod's nginx may still be starting
	terminal := must(shell.Attach(ctx))
	defer terminal.Close()
	defer func() { evidence("terminal", terminal.Shown()) }()
	must(terminal.Enter(ctx, ""))

	// PID 1 is the sandbox's, whatever its name and owner are: the page's /pause is root's, that of today is not.
	one, before := lasting(ctx, shell, must(parsePS(must(terminal.Enter(ctx, psCommand))))).sandboxFirst()
	evidence("PID 1", one.String()+"; the page prints root /pause")
	// The kubelet starts the shell while nginx is starting its worker: either can be first.
	Expect(before.rows(psOwnerAndCommand)).To(Or(
		Equal([]string{"root " + nginxMaster, "101 " + nginxWorker, "root sh", "root ps ax"}),
		Equal([]string{"root " + nginxMaster, "root sh", "101 " + nginxWorker, "root ps ax"}),
	), "ps ax should print the page's table, owners and order; the terminal showed, below PID 1:\n%s", before)

	Expect(must(terminal.Enter(ctx, "kill -HUP "+before[0].number()))).To(BeEmpty(), "kill -HUP on nginx's master should have nothing to say")
	oneAfter, after := one, before
	eventually(ctx, nginx, func(g Gomega) {
		oneAfter, after = lasting(ctx, shell, seen(parsePS(seen(terminal.Enter(ctx, psCommand))))).sandboxFirst()
		g.Expect(after.rows(psOwnerAndCommand)).To(Equal([]string{
			"root " + nginxMaster, "root sh", "101 " + nginxWorker, "root ps ax",
		}), "the terminal showed, below PID 1:\n%s", after)
		g.Expect(after[2].pid).NotTo(Equal(before.pidOf(nginxWorker)), "the worker should be a new process; the terminal showed, below PID 1:\n%s", after)
	}, "after kill -HUP, ps ax should print the page's second table")
	Expect(oneAfter).To(Equal(one), "PID 1 should be as before kill -HUP")
	Expect([]int{after[0].pid, after[1].pid}).To(Equal([]int{before[0].pid, before.pidOf("sh")}),
		"master and sh should keep their PIDs; before:\n%s\nafter:\n%s", before, after)

	head := must(terminal.Enter(ctx, "head /proc/"+after[0].number()+"/root/etc/nginx/nginx.conf"))
	if words(head) != pageConfHead { // head's words differ from program to program, and say not who refuses
		must(shell.Read(ctx, rootOf(after[0].pid)+nginxConf))
	}
	Expect(words(head)).To(Equal(pageConfHead), "head /proc/MASTER/root/etc/nginx/nginx.conf should print what the page prints")

	master, worker := nginxProcesses(ctx, nginx)
	Expect([]int{after[0].pid, after[2].pid}).To(Equal([]int{master.PID, worker.PID}), "the master and its child in the terminal's table should be nginx's own:\n%s", after)
	Expect(worker.UID).To(Equal(101), "the worker's uid")
}
