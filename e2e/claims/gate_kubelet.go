package claims

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// restartManifest is a pod of two containers that asks for sharing, the first of which can be had exit.
const restartManifest = "restart-keeps-namespace.yaml"

// drainFirst is what the documentation has to say of a kubelet that is another one than its pods were made by.
var drainFirst = claim.Promise{From: "version skew policy, upgrading kubelets", Text: "drain pods from that node; in-place minor version kubelet upgrades are not supported"}

var gateKubeletTurnedOff = claim.Claim{
	ID:         "gate-kubelet-turned-off",
	Title:      "a kubelet whose gate is turned off leaves running pods as they are, and isolates what it starts",
	Page:       []string{"gate.across"},
	Promise:    drainFirst,
	Kind:       claim.Conformance,
	Nodes:      claim.OneNode,
	Fixtures:   []string{restartManifest, sharingManifest},
	Where:      claim.OnRequest(),
	Disruptive: true,
	Takes:      40 * time.Second,
	Shared: claim.Side{
		Observe: "with the kubelet restarted with false: a pod that shares has the containers and processes of before, in one namespace; a container of it that is started again is alone in a namespace of its own, " +
			"so that the pod is half shared though its field reads true; a new pod keeps the field and is isolated. With true again: the container that was started meanwhile stays alone, and joins when it is started once more",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, restartManifest))
			mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
			expectTogether(ctx, mortal, neighbour, "before")
			kubeletGate(ctx, b, p, false)
			expectTogether(ctx, mortal, neighbour, "with the gate off")
			endAndRestart(ctx, mortal, neighbour)
			expectApart(ctx, mortal, neighbour, "with one container started again while the gate is off")
			Expect(value(must(p.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("true"), "%s of the pod, half of which shares", shareField)
			expectKeptAndIsolated(ctx, must(b.NewPod(ctx, sharingManifest)), "a pod made with the kubelet's gate off")

			kubeletGate(ctx, b, p, true)
			expectApart(ctx, mortal, neighbour, "with the gate on again")
			endAndRestart(ctx, mortal, neighbour)
			expectTogether(ctx, mortal, neighbour, "with the container started again with the gate on")
		},
	},
	Isolated: claim.NotApplicable("the claim turns the gate off by itself"),
}

var gateKubeletTurnedOn = claim.Claim{
	ID:         "gate-kubelet-turned-on",
	Title:      "a kubelet whose gate is turned on leaves running pods isolated: their containers join one by one, as they are started again",
	Page:       []string{"gate.across"},
	Promise:    drainFirst,
	Kind:       claim.Conformance,
	Nodes:      claim.OneNode,
	Fixtures:   []string{restartManifest, sharingManifest},
	Where:      claim.OnRequest(),
	Disruptive: true,
	Takes:      40 * time.Second,
	Shared: claim.Side{
		Observe: "a pod with the field that a kubelet with false has made is isolated. With the kubelet restarted with true: it has the containers and processes of before, each alone; a container of it that is started again is in another namespace " +
			"than before, whose PID 1 is the sandbox's, and still sees nothing of its neighbour; a new pod shares",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			first := must(b.NewPod(ctx, sharingManifest))
			expectShares(ctx, first, "control: a pod made before")
			kubeletGate(ctx, b, first, false)
			p := must(b.NewPod(ctx, restartManifest))
			mortal, neighbour := p.Container("mortal"), p.Container("neighbour")
			expectApart(ctx, mortal, neighbour, "made with the kubelet's gate off")
			before := ownInit(ctx, mortal)

			kubeletGate(ctx, b, p, true)
			expectApart(ctx, mortal, neighbour, "with the gate on")
			Expect(ownInit(ctx, mortal).ID()).To(Equal(before.ID()), "PID 1 of mortal should be the one of before the gate was turned on")
			endAndRestart(ctx, mortal, neighbour)
			expectApart(ctx, mortal, neighbour, "with one container started again while the gate is on")
			one, command := firstProcess(ctx, mortal), must(mortal.First(ctx))
			evidence("PID 1 as mortal sees it, and mortal's own first process", one.String()+"\n"+command.String())
			Expect(command.PID).NotTo(Equal(1), "mortal, started again with the gate on, should have joined the sandbox's namespace; its first process is PID 1")
			expectShares(ctx, must(b.NewPod(ctx, sharingManifest)), "a pod made with the gate on")
		},
	},
	Isolated: claim.NotApplicable("the claim turns the gate on by itself"),
}

// kubeletGate restarts the kubelet with the gate set to on; the containers of p must go on. When the claim ends the gate is on.
func kubeletGate(ctx context.Context, b *lab.Bench, p *lab.Pod, on bool) {
	ginkgo.GinkgoHelper()
	was := stateOf(ctx, p)
	if !on {
		ginkgo.DeferCleanup(func(ctx context.Context) error { return b.RestartKubelet(ctx, true, sharingManifest) })
	}
	done(b.RestartKubelet(ctx, on, sharingManifest), "restarting the kubelet with the gate set to %t", on)
	was.unchanged(ctx, fmt.Sprintf("kubelet with the gate set to %t", on), 0)
}

// expectTogether wants the two containers of one pod in one namespace, and each to see the other's new process.
func expectTogether(ctx context.Context, a, b *lab.Container, when string) {
	ginkgo.GinkgoHelper()
	for _, pair := range [][2]*lab.Container{{a, b}, {b, a}} {
		held, table := must(pair[0].Hold(ctx)), must(pair[1].Processes(ctx))
		Expect(table.IDs()).To(ContainElement(held.ID()), "%s: %s should see a process of %s, PID %d, start %d; it sees:\n%s", when, pair[1], pair[0], held.PID, held.Start, table)
	}
	Expect(must(a.Self(ctx)).Namespaces["pid"]).To(Equal(must(b.Self(ctx)).Namespaces["pid"]), "%s: %s and %s should be in one PID namespace", when, a, b)
}

// expectApart wants neither of the two containers of one pod to see a new process of the other, which each sees of its own.
func expectApart(ctx context.Context, a, b *lab.Container, when string) {
	ginkgo.GinkgoHelper()
	for _, pair := range [][2]*lab.Container{{a, b}, {b, a}} {
		held, table := must(pair[0].Hold(ctx)), must(pair[1].Processes(ctx))
		Control(must(pair[0].Processes(ctx)).WithWord(held.Word)).NotTo(BeEmpty(), "control: %s should see its own process, PID %d", pair[0], held.PID)
		evidence(when+": what "+pair[1].Name+" sees", table)
		Expect(table.WithWord(held.Word)).To(BeEmpty(), "%s: %s should not see a process of %s; it sees:\n%s", when, pair[1], pair[0], table)
	}
	Expect(must(a.Self(ctx)).Namespaces["pid"]).NotTo(Equal(must(b.Self(ctx)).Namespaces["pid"]), "%s: %s and %s should be in different PID namespaces", when, a, b)
}

// expectKeptAndIsolated wants a pod whose field reads true, and whose containers are alone all the same.
func expectKeptAndIsolated(ctx context.Context, p *lab.Pod, which string) {
	ginkgo.GinkgoHelper()
	expectPod(ctx, p, which, "true", seesItselfAlone)
}
