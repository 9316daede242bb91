package claims

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"

	"github.com/onsi/ginkgo/v2"
)

// Gate is the gate in its stages, and across the system.
var Gate = claim.Group{Name: "gate", About: "the feature gate's stages, and what it takes across the system", Claims: []claim.Claim{
	gateStage, gateFlag, gateAPIServerOnly, gateKubeletOnly, gateLocked, gateRemoved, gateRatchet,
	gateKubeletTurnedOff, gateKubeletTurnedOn, gateDrained, gateUpgraded,
}}

var gateStage = claim.Claim{
	ID:       "gate-stage",
	Title:    "with the gate not named its stage decides: ALPHA is off, BETA and later are on",
	Page:     []string{"stage"},
	Promise:  claim.Promise{From: "documentation of feature gates", Text: "an alpha feature is disabled by default, a beta feature is enabled by default"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, sharingManifest},
	Where:    claim.GateNotNamed(),
	Shared: claim.Side{
		Observe:   "no component was started with the gate; the page's pod keeps the field, CRI's mode is POD, and two containers see each other's processes in one namespace",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			expectGates(b, clusters.NotNamed)
			expectSharing(ctx, b)
		},
	},
	Isolated: claim.Side{
		Observe:   "no component was started with the gate; CRI's mode is CONTAINER, and no container sees the other's processes",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			expectGates(b, clusters.NotNamed)
			expectIsolation(ctx, b)
		},
	},
}

var gateFlag = claim.Claim{
	ID:       "gate-flag",
	Title:    "with the gate named for every component, its value decides",
	Page:     []string{"gate.across", "gate.flag"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, sharingManifest},
	Where:    claim.GateNamed(),
	Shared: claim.Side{
		Observe:   "every component was started with true; the page's pod keeps the field, CRI's mode is POD, and two containers see each other's processes in one namespace",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			expectGates(b, "true")
			expectSharing(ctx, b)
		},
	},
	Isolated: claim.Side{
		Observe:   "every component was started with false; CRI's mode is CONTAINER, and no container sees the other's processes",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			expectGates(b, "false")
			expectIsolation(ctx, b)
		},
	},
}

// expectGates wants each component, as it was found running, to have been started with that value of the gate, or without naming it: clusters.NotNamed.
func expectGates(b *lab.Bench, value string) {
	ginkgo.GinkgoHelper()
	evidence("the gate by component", b.Gates)
	Expect(b.Gates).To(HaveLen(len(lane.Components)), "every component should have been asked")
	for component, found := range b.Gates {
		Expect(found).To(Equal(value), "%s should have been started with the gate %s", component, value)
	}
}

// expectSharing wants the field kept, and pods that share.
func expectSharing(ctx context.Context, b *lab.Bench) {
	ginkgo.GinkgoHelper()
	p, _, _ := pagePod(ctx, b)
	Expect(value(must(p.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("true"), "%s of the page's pod", shareField)
	expectModes(ctx, p, "POD")
	for _, viewer := range must(b.SharedPod(ctx, sharingManifest)).Containers() {
		seesAll(ctx, viewer, "a pod with the field")
	}
}

// expectIsolation wants pods with the field that do not share.
func expectIsolation(ctx context.Context, b *lab.Bench) {
	ginkgo.GinkgoHelper()
	p, _, _ := pagePod(ctx, b)
	expectModes(ctx, p, "CONTAINER")
	for _, viewer := range must(b.SharedPod(ctx, sharingManifest)).Containers() {
		seesItselfAlone(ctx, viewer, "a pod with the field")
	}
}

var gateAPIServerOnly = claim.Claim{
	ID:       "gate-api-server-only",
	Title:    "the gate on the API server alone is not enough",
	Page:     []string{"gate.across"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, sharingManifest},
	Where:    claim.Only(lane.APIServer, lane.Kubelet),
	Shared:   claim.NotApplicable("the kubelet has the gate"),
	Isolated: claim.Side{
		Observe:   "the field is kept, and the pod is isolated all the same: CRI's mode is CONTAINER, no container sees the other's processes",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			evidence("the gate by component", b.Gates)
			p, _, _ := pagePod(ctx, b)
			Expect(value(must(p.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("true"), "%s, which the API server knows", shareField)
			expectIsolation(ctx, b)
		},
	},
}

var gateKubeletOnly = claim.Claim{
	ID:       "gate-kubelet-only",
	Title:    "the gate on the kubelet alone is not enough, but for a pod that never passes the API server",
	Page:     []string{"gate.across"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, sharingManifest},
	Where:    claim.Only(lane.Kubelet, lane.APIServer),
	Shared:   claim.NotApplicable("the API server has the gate"),
	Isolated: claim.Side{
		Observe:   "the field is dropped and the pod isolated; a static pod with the field, which the kubelet reads from the node, shares: CRI's mode is POD, its containers see each other; the API server's copy of it lacks the field",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			evidence("the gate by component", b.Gates)
			p, _, _ := pagePod(ctx, b)
			Expect(value(must(p.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("absent"), "%s, which the API server does not know", shareField)
			expectIsolation(ctx, b)

			static, remove, err := b.StaticPod(ctx, sharingManifest)
			ginkgo.DeferCleanup(remove)
			must(static, err)
			expectModes(ctx, static, "POD")
			for _, viewer := range static.Containers() {
				seesAll(ctx, viewer, "the static pod")
			}
			Expect(value(must(static.Get(ctx)).Spec.ShareProcessNamespace)).To(Equal("absent"), "%s in the API server's copy of the static pod", shareField)
		},
	},
}

var gateLocked = claim.Claim{
	ID:      "gate-locked",
	Title:   "once the feature is GA the gate is locked to true: no component starts with false",
	Promise: claim.Promise{From: "documentation of feature gates", Text: "General Availability features [...] are always enabled; you cannot disable them. The corresponding feature gate is no longer needed"},
	Kind:    claim.Conformance,
	Nodes:   claim.OneNode,
	Where:   claim.Naming(lane.LockedTrue, "the lane declares the gate locked (naming: locked)"),
	Shared: claim.Side{
		Observe:   "every component runs with true; started again with false, each exits with an error of its own that names the gate and says that it is locked to true",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			for component, value := range b.Gates {
				Expect(value).To(Equal("true"), "%s should run with the gate set to true", component)
			}
			expectNamingRefused(ctx, b, false, "locked to true")
		},
	},
	Isolated: claim.NotApplicable("a gate that is locked to true isolates nothing"),
}

var gateRemoved = claim.Claim{
	ID:       "gate-removed",
	Title:    "once the gate is removed, no component starts that is given it, and sharing needs none",
	Promise:  claim.Promise{From: "documentation of feature gates", Text: "a feature gate that is no longer needed is removed"},
	Kind:     claim.Conformance,
	Nodes:    claim.OneNode,
	Fixtures: []string{fixtures.PageManifest, sharingManifest},
	Where:    claim.Naming(lane.Unknown, "the lane declares the gate unknown (naming: unknown)"),
	Shared: claim.Side{
		Observe:   "no component was given the gate, and pods share; started again with the gate as true, and as false, each component exits with an error of its own that names it as unrecognized",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			expectGates(b, clusters.NotNamed)
			expectSharing(ctx, b)
			expectNamingRefused(ctx, b, true, "unrecognized feature gate")
			expectNamingRefused(ctx, b, false, "unrecognized feature gate")
		},
	},
	Isolated: claim.NotApplicable("without the gate nothing isolates"),
}

// expectNamingRefused starts every component again with the gate named, and wants each to refuse it in words of its own.
func expectNamingRefused(ctx context.Context, b *lab.Bench, value bool, words string) {
	ginkgo.GinkgoHelper()
	named := fmt.Sprintf("%s=%t", lane.Gate, value)
	for _, component := range lane.Components {
		e := must(b.Node.StartNaming(ctx, component, value))
		own := e.About(lane.Gate)
		evidence(fmt.Sprintf("%s with %s", component, named), fmt.Sprintf("exit code %d: %s", e.Code, own))
		Expect(e.Runs).To(BeFalse(), "%s should refuse %s and runs: %s", component, named, e)
		Expect(e.Code).NotTo(BeZero(), "%s should refuse %s: %s", component, named, e)
		Expect(own).To(ContainSubstring(words), "%s should say of %s that it is %q: %s", component, named, words, e)
	}
}
