package claims

import (
	"context"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

const sidecarManifest = "sidecar-survives-kubelet.yaml"

var sidecarSurvivesKubelet = claim.Claim{
	ID:         "sidecar-survives-kubelet",
	Title:      "a pod with a sidecar and startup probes keeps its process namespace, and its containers, when the kubelet is restarted",
	Promise:    claim.Promise{From: "API, Container.startupProbe and PodSpec.shareProcessNamespace", Text: "StartupProbe indicates that the Pod has successfully initialized; Share a single process namespace between all of the containers in a pod"},
	Kind:       claim.Conformance,
	Nodes:      claim.EachNode,
	Takes:      15 * time.Second,
	Fixtures:   []string{sidecarManifest, fixtures.PageManifest},
	Where:      claim.Since("v1.29.0"),
	Disruptive: true,
	Shared: claim.Side{
		Observe: "after a restart of the kubelet, known by its new PID and by a new pod that runs: sidecar and app container are those of before, each in the namespace of before with the processes of before, and each sees a new one of the other's. " +
			"In the same pod without the field, looked at beside it, they are those of before, too, and neither sees a new one of the other's",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, apart := must(b.NewPod(ctx, sidecarManifest)), must(b.NewPodApart(ctx, sidecarManifest))
			restartsSurvived(ctx, b, []string{"kubelet"}, p, apart)

			sidecar, app := p.Container("sidecar"), p.Container("app")
			visible(ctx, app, sidecar, must(sidecar.Hold(ctx)))
			visible(ctx, sidecar, app, must(app.Hold(ctx)))
			for _, pair := range [][2]*lab.Container{{apart.Container("sidecar"), apart.Container("app")}, {apart.Container("app"), apart.Container("sidecar")}} {
				held, table := must(pair[0].Hold(ctx)), must(pair[1].Processes(ctx))
				Expect(table.WithWord(held.Word)).To(BeEmpty(), "after the restart of the kubelet, in a pod that does not share, %s sees a process of %s; it sees:\n%s", pair[1], pair[0], table)
			}
		},
	},
	Isolated: cannotIsolate,
}
