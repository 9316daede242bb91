package claims

import (
	"context"
	"fmt"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Secrets is what /proc tells of other containers' secrets.
var Secrets = claim.Group{Name: "secrets", About: "what /proc tells of other containers' secrets", Claims: []claim.Claim{
	argumentsVisible, environmentVisible, environmentProtected,
}}

var argumentsVisible = claim.Claim{
	ID:       "arguments-visible",
	Title:    "a password that another container was given as an argument is visible to any user",
	Page:     []string{"visible.proc", "visible.protected"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"environment-visible.yaml"},
	Shared: claim.Side{
		Observe: "a random password in another container's arguments is read from /proc/PID/cmdline by root, and by uid 0, 1000 and 65534 without any capability",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := newSecretPod(ctx, b)
			roots := must(s.app.First(ctx))
			visible(ctx, s.reader, s.app, roots)
			cmdline := procFile(roots, "cmdline")
			s.contains(ctx, s.app, cmdline, "control: the container itself should see its argument")
			s.contains(ctx, s.reader, cmdline, "root in another container should see the argument")
			for _, uid := range []int{0, 1000, 65534} {
				s.contains(ctx, s.reader.As(lab.Identity{UID: uid}), cmdline, fmt.Sprintf("uid %d without capabilities in another container should see the argument", uid))
			}
		},
	},
	Isolated: secretNowhere,
}

// secretNowhere is where both secrets are in an isolated pod: in no other container's /proc.
var secretNowhere = claim.Side{
	Observe: "it is found in no process' arguments or environment in another container's /proc, even with SYS_PTRACE; the same search finds it in its own container",
	Check:   func(ctx context.Context, b *lab.Bench) { newSecretPod(ctx, b).nowhere(ctx) },
}

var environmentVisible = claim.Claim{
	ID:       "environment-visible",
	Title:    "a password in another container's environment is visible to the same user",
	Page:     []string{"visible.proc"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"environment-visible.yaml"},
	Shared: claim.Side{
		Observe: "a variable that another container has from a Secret is read from /proc/PID/environ: root's by root with the default capabilities, uid 1000's by uid 1000 without any",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := newSecretPod(ctx, b)
			roots, users := s.processes(ctx)
			s.contains(ctx, s.app, procFile(roots, "environ"), "control: the container itself should see its variable")
			s.contains(ctx, s.reader, procFile(roots, "environ"), "root in another container should see the variable of root's process")
			s.contains(ctx, s.user(), procFile(users, "environ"), "uid 1000 in another container should see the variable of uid 1000's process")
		},
	},
	Isolated: secretNowhere,
}

var environmentProtected = claim.Claim{
	ID:       "environment-protected",
	Title:    "another user cannot read a container's environment, unless with SYS_PTRACE",
	Page:     []string{"visible.protected"},
	Promise:  claim.Promise{From: "ptrace(2), Ptrace access mode checking", Text: "reading another process' environment is decided as for tracing"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"environment-visible.yaml"},
	Shared: claim.Side{
		Observe: "uid 1000 gets EACCES from the environ of root's process, and root without SYS_PTRACE from uid 1000's; with SYS_PTRACE root reads it, and uid 1000, where it may read any file, root's",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := newSecretPod(ctx, b)
			roots, users := s.processes(ctx)
			s.refused(ctx, s.user(), procFile(roots, "environ"), "uid 1000 is not root")
			s.contains(ctx, s.user(), procFile(users, "environ"), "control: uid 1000 should see the variable of its own uid's process")
			s.refused(ctx, s.reader, procFile(users, "environ"), "root without SYS_PTRACE is another user")
			s.contains(ctx, s.reader, procFile(roots, "environ"), "control: root should see the variable of root's process")

			s.contains(ctx, s.tracer, procFile(users, "environ"), "root with SYS_PTRACE should see the variable of uid 1000's process")
			// /proc/PID/environ has mode 0400 besides: SYS_PTRACE alone doesn't open root's.
			s.contains(ctx, s.tracer.As(lab.Identity{UID: 1000, Caps: []string{"SYS_PTRACE", "DAC_OVERRIDE"}}), procFile(roots, "environ"),
				"uid 1000 with SYS_PTRACE and DAC_OVERRIDE should see the variable of root's process")
		},
	},
	Isolated: claim.NotApplicable("there is no process of the other container to read from (environment-visible)"),
}

func procFile(p lab.Process, name string) string { return fmt.Sprintf("/proc/%d/%s", p.PID, name) }
