package claims

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var signalAccess = claim.Claim{
	ID:       "signal-access",
	Title:    "who may signal another container's processes is decided by uid and CAP_KILL, as kill(2) says",
	Page:     []string{"signal.others", "signal.requires"},
	Promise:  claim.Promise{From: "kill(2)", Text: "the same uid, or CAP_KILL"},
	Kind:     claim.Informative,
	Informs:  "the rules are the kernel's, to which its security modules add theirs",
	Nodes:    claim.EachNode,
	Fixtures: []string{"signal-access.yaml"},
	Shared: claim.Side{
		Observe: "a signal each from uid 0, the target's uid and another uid, with the default capabilities, with SYS_PTRACE, without KILL and with none: it arrives or is refused as kill(2) says; whether SYS_PTRACE decides anywhere is said in words",
		Check: func(ctx context.Context, b *lab.Bench) {
			host, sender, _ := signalPod(ctx, b)
			targets := deafProcesses(ctx, host)
			visible(ctx, sender, host, targets[0].process, targets[1].process)
			m := signalMatrix(ctx, host, sender, targets, access.Kill)
			matrixEvidence("matrix", m)
			evidence("the page and the kernel", pageOnSignals(m))
			Expect(usualCaps(ctx, sender)).To(ContainElement("KILL"), "a container should have CAP_KILL by default: without it root cannot signal another user's process; the whole matrix:\n%s", m.Grid())
			Expect(m.Problems()).To(BeEmpty(), "who may signal whom differs from kill(2) (CAP_KILL, or the same uid); the whole matrix:\n%s", m.Grid())
		},
	},
	Isolated: claim.Side{
		Observe: "the target's number is no process in the sender's namespace: ESRCH for each of them; from the target's own container the signal arrives",
		Check: func(ctx context.Context, b *lab.Bench) {
			host, sender, _ := signalPod(ctx, b)
			done(host.UsePIDs(ctx))
			targets := deafProcesses(ctx, host)
			m := signalMatrix(ctx, host, sender, targets, func(_, _ access.Creds) access.Ruling { return access.NoProcess() })
			m.Cells = append(m.Cells, signalMatrix(ctx, host, host, targets, access.Kill, hostsOwn(ctx, host)).Cells...)
			matrixEvidence("matrix", m)
			Expect(m.Problems()).To(BeEmpty(), "another container's processes are not beyond the reach of signals; the whole matrix:\n%s", m.Grid())
		},
	},
}

// signalPod has a container whose processes are signalled, one that signals, and one that does so as uid 1000.
func signalPod(ctx context.Context, b *lab.Bench) (host, sender, user *lab.Container) {
	ginkgo.GinkgoHelper()
	p := must(b.SharedPod(ctx, "signal-access.yaml"))
	return p.Container("target"), p.Container("sender"), p.Container("user")
}

// deafProcesses are root's and another user's process; all signals sent to them stay pending and can be counted.
func deafProcesses(ctx context.Context, host *lab.Container) []target {
	ginkgo.GinkgoHelper()
	return []target{
		{"process of uid 0", must(host.HoldDeaf(ctx)), true},
		{"process of uid 1000", must(host.As(lab.Identity{UID: 1000}).HoldDeaf(ctx)), true},
	}
}

// hostsOwn is root in the targets' own container.
func hostsOwn(ctx context.Context, host *lab.Container) caller {
	ginkgo.GinkgoHelper()
	return caller{access.Who{User: "uid 0 in the target's container", Caps: capsDefault}, lab.Identity{Caps: usualCaps(ctx, host)}}
}

// signalMatrix has every caller send every target a signal of its own number. What counts is what arrives.
func signalMatrix(ctx context.Context, host, sender *lab.Container, targets []target, rule func(by, to access.Creds) access.Ruling, callers ...caller) access.Matrix {
	ginkgo.GinkgoHelper()
	numbers := lab.Counted()
	if len(callers) == 0 {
		callers = callersIn(ctx, sender, []int{0, 1000, 2000}, capsDefault, capsTracing, capsNoKill, capsNone)
	} else {
		numbers = numbers[len(numbers)-len(callers):] // the first ones are the senders' in the other call
	}
	var calls []lab.Call
	for _, t := range targets {
		for i, c := range callers {
			calls = append(calls, lab.ToKill(strconv.Itoa(numbers[i]), t.process.PID).By(c.is))
		}
	}
	answers := must(sender.Calls(ctx, calls...))
	table := must(host.Processes(ctx))

	m := access.Matrix{Attempt: "kill from another container", Page: "kill(2)"}
	for _, t := range targets {
		now := table.WithID(t.process.ID())
		Expect(now).To(HaveLen(1), "the %s should have lived on, as it blocks the signals; its container sees:\n%s", t.words, table)
		for i, c := range callers {
			a := answers[0]
			answers = answers[1:]
			m.Cells = append(m.Cells, access.Cell{
				Who: c.who, Target: t.words, Rule: rule(c.creds(a.Self), t.creds()), Credentials: a.Self.Credentials(),
				Seen: seenOfSignal(a.Err, must(now[0].Pending(numbers[i]))),
			})
		}
	}
	return m
}

// seenOfSignal puts kill's answer and the signal's arrival together; they should say the same.
func seenOfSignal(err string, arrived bool) string {
	switch {
	case err == "" && !arrived:
		return "success, yet the signal did not arrive"
	case err != "" && arrived:
		return err + ", yet the signal arrived"
	}
	return err
}

// pageOnSignals says in words where the page asks for more than the kernel.
func pageOnSignals(m access.Matrix) string {
	decides := m.Decides(capsDefault, capsTracing)
	without := m.Succeeded(capsDefault, capsNoKill, capsNone)
	if len(decides) == 0 && without > 0 {
		return fmt.Sprintf(`The page says that signalling "requires the SYS_PTRACE capability". It is stricter than the kernel:
%d signals arrived from senders without SYS_PTRACE, and in no cell did SYS_PTRACE make a difference.
What decides is kill(2)'s rule: the same uid, or CAP_KILL, which containers have by default. Without KILL, what arrived
with the default capabilities was refused to: %s.`, without, list(m.Decides(capsNoKill, capsDefault)))
	}
	return fmt.Sprintf("SYS_PTRACE decided in these cells: %s. %d signals arrived from senders without it.", list(decides), without)
}

func list(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, "; ")
}
