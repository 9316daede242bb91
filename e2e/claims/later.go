package claims

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Later is what the field meets in releases after the page's.
var Later = claim.Group{Name: "later", About: "what later releases add", Claims: []claim.Claim{
	ephemeralContainerShares, nativeSidecarShares, userNamespaceShares, baselineAdmits, windowsForbidden,
	restartRuleKeepsNamespace, resizeKeepsNamespace, restartAllKeepsNamespace, sidecarSurvivesKubelet, stopSignalReachesItsContainer,
}}

// cannotIsolate is why these claims have one side: what they are about came after the gate was locked.
var cannotIsolate = claim.NotApplicable("no release that has this can turn the gate off")

var ephemeralContainerShares = claim.Claim{
	ID:       "ephemeral-container-shares",
	Title:    "an ephemeral container is in the pod's process namespace, or else in its target's",
	Promise:  claim.Promise{From: "API, EphemeralContainer.targetContainerName", Text: "the ephemeral container will be run in the namespaces (IPC, PID, etc) of this container. If not set then the ephemeral container uses the namespaces configured in the Pod spec"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{sharingManifest, unsetManifest},
	Where:    claim.Since("v1.25.0"),
	Shared: claim.Side{
		Observe: "without a target it sees both containers' processes as they see themselves, they see its, PID 1 is the same process for all. In a pod that does not share: with a target it is in that container's namespace and sees nothing of the other's, without one it sees itself alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			sharing := must(b.NewPod(ctx, sharingManifest))
			debug := must(sharing.Debug(ctx, "debug", ""))
			sees(ctx, debug, "the pod that shares", sharing.Containers()...)
			for _, c := range sharing.Containers() {
				sees(ctx, c, "the pod that shares", debug)
				Expect(firstProcess(ctx, debug).ID()).To(Equal(firstProcess(ctx, c).ID()), "PID 1 in the ephemeral container should be what it is in %s", c)
			}
			expectSandbox(ctx, b, debug, firstProcess(ctx, debug))

			apart := must(b.NewPod(ctx, unsetManifest))
			a, other := apart.Container("a"), apart.Container("b")
			aimed, unaimed := must(apart.Debug(ctx, "aimed", a.Name)), must(apart.Debug(ctx, "unaimed", ""))
			sees(ctx, aimed, "the pod that does not share", a)
			sees(ctx, a, "the pod that does not share", aimed)
			seesNone(ctx, aimed, "the pod that does not share", other, unaimed)
			seesNone(ctx, unaimed, "the pod that does not share", a, other, aimed)
		},
	},
	Isolated: cannotIsolate,
}

var nativeSidecarShares = claim.Claim{
	ID:       "native-sidecar-shares",
	Title:    "a sidecar (an init container with restartPolicy Always) is in the pod's process namespace",
	Promise:  claim.Promise{From: "API, Container.restartPolicy", Text: "Although this init container still starts in the init container sequence, it does not wait for the container to complete before proceeding to the next init container"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"native-sidecar-shares.yaml"},
	Where:    claim.Since("v1.29.0"),
	Shared: claim.Side{
		Observe: "sidecar and app container see each other's process, by PID and start time, in one namespace with one PID 1; the sidecar was there first. In the same pod without the field neither sees the other",
		Check: func(ctx context.Context, b *lab.Bench) {
			p := must(b.NewPod(ctx, "native-sidecar-shares.yaml"))
			sidecar, app := p.Container("sidecar"), p.Container("app")
			sees(ctx, sidecar, "the pod that shares", app)
			sees(ctx, app, "the pod that shares", sidecar)
			Expect(must(sidecar.Announced(ctx)).Start).To(BeNumerically("<=", must(app.Announced(ctx)).Start), "the sidecar should have been started first")
			one := firstProcess(ctx, sidecar)
			Expect(one.ID()).To(Equal(firstProcess(ctx, app).ID()), "PID 1 should be one process for both")
			expectSandbox(ctx, b, sidecar, one)

			apart := must(b.NewPodApart(ctx, "native-sidecar-shares.yaml"))
			sidecar, app = apart.Container("sidecar"), apart.Container("app")
			seesNone(ctx, sidecar, "the pod that does not share", app)
			seesNone(ctx, app, "the pod that does not share", sidecar)
		},
	},
	Isolated: cannotIsolate,
}
