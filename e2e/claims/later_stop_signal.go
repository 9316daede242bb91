package claims

import (
	"context"
	"strings"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const stopSignalManifest = "stop-signal-reaches-its-container.yaml"

var stopSignalReachesItsContainer = claim.Claim{
	ID:       "stop-signal-reaches-its-container",
	Title:    "a container's stop signal is sent to that container alone, and needs no handler where it is not PID 1",
	Promise:  claim.Promise{From: "API, Lifecycle.stopSignal; pid_namespaces(7)", Text: "StopSignal defines which signal will be sent to a container when it is being stopped; a namespace's PID 1 gets no signal that it has no handler for"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{stopSignalManifest},
	Takes:    30 * time.Second,
	Where:    claim.Feature("ContainerStopSignals"),
	Shared: claim.Side{
		Observe: "a deleted pod with 10 s of grace, whose containers have HUP, USR1 and no stop signal: HUP ends sleep, which has no handler, long before the grace period does; the others, with handlers for all three, get USR1 alone, and TERM alone. " +
			"In the same pod without the field they get the same, and sleep, as PID 1, outlives HUP until the grace period ends",
		Check: func(ctx context.Context, b *lab.Bench) {
			apart := deleteSleeper(ctx, func() *lab.Pod { return withStopSignals(must(b.NewPodApart(ctx, stopSignalManifest))) })
			Control(got(apart.logs)).To(Equal(ownSignals), "control: in a pod that does not share each container should get its own stop signal")
			Expect(apart.lasted >= apart.grace).To(BeTrue(), "in a pod that does not share sleep ended %s after the deletion, with a grace period of %s: as PID 1 without a handler it should have outlived HUP", apart.lasted, apart.grace)

			s := deleteSleeper(ctx, func() *lab.Pod { return withStopSignals(must(b.NewPod(ctx, stopSignalManifest))) })
			Expect(got(s.logs)).To(Equal(ownSignals), "each container should get its own stop signal, and no other's")
			if s.exitCode == killedByHUP { // by which signal it ended is no matter of time
				return
			}
			if s.lasted >= s.grace {
				s.prompt()
			}
			Expect(s.lasted < s.grace).To(BeTrue(), "sleep lived on for %s after the deletion, with a grace period of %s: it is not PID 1, so HUP should have ended it at once", s.lasted, s.grace)
			Expect(s.exitCode).To(Equal(unknown), "sleep ended in time, but not by its stop signal, HUP: its exit code should be %d", killedByHUP)
		},
	},
	Isolated: cannotIsolate,
}

// ownSignals are what the containers with handlers should get: a second one would come while the first is heeded.
var ownSignals = map[string][]string{"witness": {"USR1"}, "usual": {"TERM"}}

// got is which signals each container says that it has got.
func got(logs map[string]string) map[string][]string {
	out := map[string][]string{}
	for container, log := range logs {
		for line := range strings.Lines(log) { // the kubelet may add some of its own
			if signal, ok := strings.CutPrefix(strings.TrimSpace(line), "got "); ok {
				out[container] = append(out[container], signal)
			}
		}
	}
	return out
}

// withStopSignals is a pod whose stop signals the API server has kept: where it does not know them it drops them, which is no matter of sharing.
func withStopSignals(p *lab.Pod) *lab.Pod {
	Control(p.Created.Spec.Containers).To(ContainElement(HaveField("Lifecycle", Not(BeNil()))), "control: the API server should keep lifecycle.stopSignal, a gate of its own")
	return p
}
