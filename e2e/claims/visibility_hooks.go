package claims

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var execProbeHookShare = claim.Claim{
	ID:       "exec-probe-hook-share",
	Title:    "exec, exec probes and lifecycle hooks are in the process namespace of their container",
	Page:     []string{"intro.visible"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"exec-probe-hook-share.yaml"},
	Shared: claim.Side{
		Observe: "exec, the liveness and readiness probes, postStart and preStop see one PID namespace and one PID 1: those of the container's own command, and of the neighbour; PID 1 is the process that CRI names as the sandbox's",
		Check: func(ctx context.Context, b *lab.Bench) {
			p, seen, neighbour := placesOfHooks(ctx, b)
			seen.mustAllBe(neighbour, "the container beside them")
			expectSandbox(ctx, b, p.Container("witness"), firstProcess(ctx, p.Container("witness")))
		},
	},
	Isolated: claim.Side{
		Observe: "they see the PID namespace and the PID 1 of their container's own command, and the neighbour sees others",
		Check: func(ctx context.Context, b *lab.Bench) {
			_, seen, neighbour := placesOfHooks(ctx, b)
			own := seen["command"]
			seen.mustAllBe(own, "their container's own command")
			Expect(own).NotTo(Equal(neighbour), "the container beside it should be in another PID namespace, with another PID 1")
		},
	},
}

// places says who sees which PID namespace, with the start time of its PID 1.
type places map[string]string

// elsewhere are those that see another place than this one.
func (p places) elsewhere(than string) []string {
	var out []string
	for who, place := range p {
		if place != than {
			out = append(out, who+" sees "+place)
		}
	}
	slices.Sort(out)
	return out
}

// mustAllBe wants all to see the place that whose sees.
func (p places) mustAllBe(place, whose string) {
	ginkgo.GinkgoHelper()
	others := p.elsewhere(place)
	Expect(others).To(BeEmpty(), "%s; all should see the PID namespace, and the start time of its PID 1, that %s sees: %s", strings.Join(others, ", "), whose, place)
}

// placesOfHooks are the PID namespaces, with the start time of their PID 1, that a container's command, exec, probes
// and hooks have found themselves in, and that of the container beside it. preStop's comes of a stop that has happened.
func placesOfHooks(ctx context.Context, b *lab.Bench) (p *lab.Pod, seen places, neighbour string) {
	p = must(b.NewPod(ctx, "exec-probe-hook-share.yaml"))
	app, witness := p.Container("app"), p.Container("witness")
	seen = places{"exec": place(ctx, app)}
	for _, who := range []string{"command", "postStart", "readinessProbe", "livenessProbe"} {
		seen[who] = noted(ctx, witness, who)
	}

	if early := must(witness.Read(ctx, "/noted/preStop")); early.Err != "ENOENT" {
		if stopped, err := p.WaitUntil(ctx, lab.Timeouts.Restart, "app to be started again", appRestarted); err == nil {
			unobserved(reports.CauseTime, "control: app was stopped before its liveness probe was made to fail: on a slow node the probe itself takes too long; the pod: "+lab.Describe(stopped))
		}
		Fail("preStop should not run before the container is stopped; it noted " + early.Text)
	}
	must(app.Output(ctx, "touch", "/tmp/unwell"))
	must(p.WaitUntil(ctx, lab.Timeouts.PodReady, "app to be stopped for its failing liveness probe, and started again", appRestarted))
	seen["preStop"] = noted(ctx, witness, "preStop")

	neighbour = place(ctx, witness)
	evidence("PID namespace and start time of PID 1", fmt.Sprintf("%v, beside it %s", seen, neighbour))
	return p, seen, neighbour
}

func appRestarted(pod *corev1.Pod) bool { return lab.Status(pod, "app").RestartCount > 0 }

// place is where exec puts a process: PID namespace, and the start time of the PID 1 in sight.
func place(ctx context.Context, c *lab.Container) string {
	c = c.ByExec()
	return fmt.Sprintf("%s %d", must(c.Self(ctx)).Namespaces["pid"], firstProcess(ctx, c).Start)
}

// noted waits for what the fixture's hook or probe of that name writes down.
func noted(ctx context.Context, witness *lab.Container, who string) string {
	file := must(lab.Await(ctx, lab.Timeouts.Observation,
		func(ctx context.Context) (lab.File, error) { return witness.Read(ctx, "/noted/"+who) },
		func(f lab.File) bool { return f.Err == "" }))
	Control(file.Err).To(BeEmpty(), "control: %s should have run and written to the volume", who)
	return strings.TrimSpace(file.Text)
}
