package claims

import (
	"context"
	"fmt"
	"slices"
	"strings"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var needsPID1Fails = claim.Claim{
	ID:       "needs-pid-1-fails",
	Title:    "a program that refuses to run without PID 1, such as systemd, does not come up",
	Page:     []string{"pid-1.expected"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"needs-pid-1-fails.yaml", "needs-pid-1-control.yaml"},
	Shared: claim.Side{
		Observe: "systemd ends by itself and is never the system manager; a shell that wants PID 1 ends with its own exit code. The same images come up in a pod that does not share",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.StartPod(ctx, "needs-pid-1-fails.yaml"))
			Expect(fate(ctx, p.Container("systemd"), systemState)).To(And(HavePrefix("ended with exit code 1"), ContainSubstring("unless PID 1")), "systemd came up, or ended for another reason than that it is not PID 1, in a pod that shares its process namespace")
			Expect(fate(ctx, p.Container("picky"), shellUp)).To(HavePrefix("ended with exit code 42"), "a program that refuses to run without PID 1 came up, or ended for another reason, in a pod that shares its process namespace")

			control := must(b.StartPod(ctx, "needs-pid-1-control.yaml"))
			Control(fate(ctx, control.Container("systemd"), systemState)).To(BeElementOf(systemUp), "control: the same image should come up in a pod that does not share")
			Control(fate(ctx, control.Container("picky"), shellUp)).To(Equal("running"), "control: the same program should run in a pod that does not share")
		},
	},
	Isolated: claim.Side{
		Observe: "systemctl is-system-running reaches running or degraded; the shell runs",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.StartPod(ctx, "needs-pid-1-fails.yaml"))
			Expect(fate(ctx, p.Container("systemd"), systemState)).To(BeElementOf(systemUp), "systemd should come up as the system manager where each container has its own PID 1")
			Expect(fate(ctx, p.Container("picky"), shellUp)).To(Equal("running"), "a program that refuses to run without PID 1 should run where each container has its own")
		},
	},
}

// systemUp is what systemctl says of a system that is up: degraded is one where some unit failed.
var systemUp = []string{"running", "degraded"}

// systemState is what systemctl says of the system, "" while it is not up.
func systemState(ctx context.Context, c *lab.Container) string {
	r, err := c.Run(ctx, "systemctl", "is-system-running")
	state := strings.TrimSpace(r.Stdout)
	if err != nil || state != systemUp[0] && state != systemUp[1] {
		return ""
	}
	return state
}

// shellUp is "running" when the shell has become the program that it runs with PID 1.
func shellUp(ctx context.Context, c *lab.Container) string {
	r, err := c.Run(ctx, "cat", "/tmp/has-pid-1")
	if err != nil || r.ExitCode != 0 {
		return ""
	}
	return "running"
}

// startFailures are the reasons that runtimes give, by containerd's CRI and by Docker's, where a container's first process was not started.
var startFailures = []string{"StartError", "ContainerCannotRun"}

// fate waits until the container has ended or is up, and says which.
func fate(ctx context.Context, c *lab.Container, up func(context.Context, *lab.Container) string) (came string) {
	var last *corev1.Pod
	done(c.Pod.WaitStarted(ctx, "to start its container "+c.Name, func(pod *corev1.Pod) bool {
		s := lab.Status(pod, c.Name).State
		return s.Running != nil || s.Terminated != nil
	}))
	came = must(lab.Await(ctx, lab.Timeouts.PodReady, func(ctx context.Context) (string, error) {
		var err error
		if last, err = c.Pod.Get(ctx); err != nil {
			return "", err
		}
		if end := lab.Status(last, c.Name).State.Terminated; end != nil {
			if end.Reason == "OOMKilled" { // somebody's limit, and no word on PID 1
				unobserved(reports.CauseQuota, fmt.Sprintf("%s was killed for its memory, which is limited here", c))
			}
			if slices.Contains(startFailures, end.Reason) { // it never ran: no word on PID 1 either
				unobserved(reports.CauseOther, fmt.Sprintf("the runtime could not start %s: %s: %s", c, end.Reason, end.Message))
			}
			unlost(lab.Status(last, c.Name))
			log, err := c.Log(ctx)
			return fmt.Sprintf("ended with exit code %d; it printed: %s", end.ExitCode, strings.TrimSpace(log)), err
		}
		return up(ctx, c), nil
	}, func(came string) bool { return came != "" }))
	if came == "" {
		unobserved(reports.CauseTime, fmt.Sprintf("%s has neither ended nor come up within %s; the pod: %s", c, lab.Timeouts.PodReady, lab.Describe(last)))
	}
	evidence(c.String(), came)
	return came
}
