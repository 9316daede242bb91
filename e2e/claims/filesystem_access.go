package claims

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/fixtures/probe"
)

var procRootAccess = claim.Claim{
	ID:       "proc-root-access",
	Title:    "who may follow another container's /proc/$pid/root is decided as ptrace(2) says",
	Page:     []string{"filesystems", "filesystems.secrets"},
	Promise:  claim.Promise{From: "ptrace(2), Ptrace access mode checking", Text: "whether the calling process may follow the link is decided as for tracing"},
	Kind:     claim.Informative,
	Informs:  "the rules are the kernel's, to which Yama and other security modules add theirs",
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest},
	Shared: claim.Side{
		Observe: "nginx.conf read through the roots of nginx's master, its worker (uid 101) and processes that are not dumpable, by uid 0, 101 and 1000 with several sets of capabilities: as ptrace(2)'s access mode checks predict; the same for attaching, with Yama's scope; the cells where SYS_PTRACE decides are named, root reading the worker's among them",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, nginx, shell := ownPagePod(ctx, b)
			targets := inspectedProcesses(ctx, nginx)
			for _, t := range targets {
				visible(ctx, shell, nginx, t.process)
			}
			callers := callersIn(ctx, shell, []int{0, 101, 1000}, capsDefault, capsTracing, capsNoKill, capsTraceOnly, capsNone)
			read := rootMatrix(ctx, nginx, shell, callers, targets)
			matrixEvidence("matrix", read)
			evidence("where SYS_PTRACE decides", "added to the default capabilities, SYS_PTRACE opens the root of another user's process, of one with more capabilities and of one that is not dumpable; here, reader -> process:\n"+
				strings.Join(read.Decides(capsDefault, capsTracing), "\n"))
			attach := attachMatrix(ctx, shell, callers, targets)
			matrixEvidence("matrix of attaching", attach)
			Expect(read.Problems()).To(BeEmpty(), "who may follow /proc/PID/root differs from ptrace(2)'s access mode check (PTRACE_MODE_READ_FSCREDS); the whole matrix:\n%s", read.Grid())
			Expect(attach.Problems()).To(BeEmpty(), "who may attach differs from ptrace(2)'s access mode check (PTRACE_MODE_ATTACH_REALCREDS); the whole matrix:\n%s", attach.Grid())
		},
	},
	Isolated: claim.NotApplicable("there is no process of the other container whose root could be followed (proc-root-page)"),
}

// inspectedProcesses are nginx's own two and two that are not dumpable, of the same users.
func inspectedProcesses(ctx context.Context, nginx *lab.Container) []target {
	ginkgo.GinkgoHelper()
	master, worker := nginxProcesses(ctx, nginx)
	return []target{
		{"nginx's master, uid 0", master, true},
		{"its worker, uid 101", worker, true},
		{"not dumpable, uid 0", must(nginx.HoldUndumpable(ctx)), false},
		{"not dumpable, uid 101", must(nginx.As(lab.Identity{UID: worker.UID}).HoldUndumpable(ctx)), false},
	}
}

// rootMatrix has every caller read nginx.conf, which anybody may read, through every target's root.
func rootMatrix(ctx context.Context, nginx, from *lab.Container, callers []caller, targets []target) access.Matrix {
	ginkgo.GinkgoHelper()
	inside := must(nginx.Read(ctx, nginxConf))
	Expect(inside.Err).To(BeEmpty(), "nginx should read its own %s", nginxConf)
	m := access.Matrix{Attempt: "read /proc/PID/root" + nginxConf + " from another container", Page: "ptrace(2)"}
	m.Cells = attempts(ctx, from, callers, targets, func(t target) lab.Call { return lab.ToRead(rootOf(t.process.PID) + nginxConf) },
		func(by, of access.Creds, _ access.Scope) access.Ruling { return access.Root(by, of) },
		func(a probe.Answer) string {
			if a.Err == "" && a.SHA256 != inside.SHA256 {
				return "another file than nginx's"
			}
			return a.Err
		})
	return m
}

// attachMatrix has every caller attach to every target.
func attachMatrix(ctx context.Context, from *lab.Container, callers []caller, targets []target) access.Matrix {
	ginkgo.GinkgoHelper()
	m := access.Matrix{Attempt: "ptrace(PTRACE_ATTACH) from another container", Page: "ptrace(2)"}
	m.Cells = attempts(ctx, from, callers, targets, func(t target) lab.Call { return lab.ToTrace(t.process.PID) },
		access.Attach, func(a probe.Answer) string { return a.Err })
	return m
}

// attempts are every caller's on every target.
func attempts(ctx context.Context, from *lab.Container, callers []caller, targets []target, call func(target) lab.Call,
	rule func(by, of access.Creds, yama access.Scope) access.Ruling, seen func(probe.Answer) string) []access.Cell {
	ginkgo.GinkgoHelper()
	var calls []lab.Call
	for _, t := range targets {
		for _, c := range callers {
			calls = append(calls, call(t).By(c.is))
		}
	}
	answers := must(from.Calls(ctx, calls...))
	var cells []access.Cell
	for _, t := range targets {
		for _, c := range callers {
			a := answers[0]
			answers = answers[1:]
			cells = append(cells, access.Cell{
				Who: c.who, Target: t.words, Rule: rule(c.creds(a.Self), t.creds(), access.Scope(a.Self.Yama)),
				Seen: seen(a), Credentials: a.Self.Credentials(),
			})
		}
	}
	return cells
}
