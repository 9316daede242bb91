package claims

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var gateRatchet = claim.Claim{
	ID:         "gate-ratchet",
	Title:      "what is stored with the field keeps it when the API server's gate is turned off, and on again",
	Promise:    claim.Promise{From: "API conventions, feature gates", Text: "if the gate is disabled, the field is cleared on create, and on update unless the stored object already has it"},
	Kind:       claim.Conformance,
	Nodes:      claim.OneNode,
	Fixtures:   []string{sharingManifest},
	Where:      claim.OnRequest(),
	Disruptive: true,
	Takes:      60 * time.Second,
	Shared: claim.Side{
		Observe: "with the API server restarted with false: the stored pod reads back true (GET, LIST, WATCH), takes updates and patches and keeps the field, and its processes are the same ones; a new pod loses the field and is isolated. " +
			"Restarted with true: the stored pod is as before, the pod made meanwhile still lacks the field and cannot get it, a new one has it and shares",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			stored := must(b.NewPod(ctx, sharingManifest))
			expectShares(ctx, stored, "the stored pod")
			before := seenTwice(func() []string { return residents(ctx, []*lab.Pod{stored}) })

			ginkgo.DeferCleanup(func(ctx context.Context) error { return b.RestartAPIServer(ctx, true) })
			done(b.RestartAPIServer(ctx, false), "turning the gate off")
			expectKept(ctx, stored, "with the gate off")
			meanwhile := must(b.NewPod(ctx, sharingManifest))
			expectLost(ctx, meanwhile, "a pod made with the gate off")

			done(b.RestartAPIServer(ctx, true), "turning the gate on again")
			expectKept(ctx, stored, "with the gate on again")
			expectLost(ctx, meanwhile, "a pod made with the gate off, with the gate on again")
			_, err := meanwhile.Change(ctx, lab.MergePatch, true, "spec", shareField)
			Expect(err).To(HaveOccurred(), "a pod made with the gate off should not get the field later")
			expectShares(ctx, must(b.NewPod(ctx, sharingManifest)), "a pod made with the gate on again")
			Expect(residents(ctx, []*lab.Pod{stored})).To(ContainElements(before), "the stored pod should keep every process and container")
		},
	},
	Isolated: claim.NotApplicable("the claim turns the gate off and on by itself"),
}

func expectShares(ctx context.Context, p *lab.Pod, which string) {
	ginkgo.GinkgoHelper()
	expectPod(ctx, p, which, "true", seesAll)
}

func expectLost(ctx context.Context, p *lab.Pod, which string) {
	ginkgo.GinkgoHelper()
	expectPod(ctx, p, which, "absent", seesItselfAlone)
}

// expectPod wants the pod's field to read as field, and each container to pass sees.
func expectPod(ctx context.Context, p *lab.Pod, which, field string, sees func(ctx context.Context, viewer *lab.Container, which string)) {
	ginkgo.GinkgoHelper()
	Expect(value(must(p.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal(field), "%s of %s", shareField, which)
	for _, c := range p.Containers() {
		sees(ctx, c, which)
	}
}

// expectKept wants a stored pod to have the field by every way of reading, and to keep it when something else is changed.
func expectKept(ctx context.Context, p *lab.Pod, when string) {
	ginkgo.GinkgoHelper()
	for way, pod := range must(p.ReadEveryWay(ctx)) {
		Expect(value(pod.Spec.ShareProcessNamespace)).To(Equal("true"), "%s of the stored pod %s, by %s", shareField, when, way)
	}
	for _, way := range lab.Ways {
		word := lab.Word()
		answer, err := p.Change(ctx, way, word, "metadata", "labels", "touched")
		changed(err, "the %s of a label of the stored pod %s should be accepted", way, when)
		Expect(answer.GetLabels()).To(HaveKeyWithValue("touched", word), "the %s of a label of the stored pod %s", way, when)
		Expect(field(answer)).To(Equal("true"), "%s of the stored pod %s should be kept by the %s of a label", shareField, when, way)
	}
	expectShares(ctx, p, "the stored pod "+when)
}
