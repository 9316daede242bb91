package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

var criMode = claim.Claim{
	ID:       "cri-mode",
	Title:    "the kubelet asks the runtime for the namespace that the field stands for",
	Promise:  claim.Promise{From: "CRI, NamespaceMode", Text: "A POD namespace is common to all containers in a pod. A CONTAINER namespace is restricted to a single container"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, unsetManifest},
	Shared: claim.Side{
		Observe:   "by crictl on the node, sandbox and containers of the page's pod have PID namespace mode POD; those of a pod without the field CONTAINER",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, _, _ := pagePod(ctx, b)
			expectModes(ctx, p, "POD")
			// POD is what CRI leaves out: an answer that was misread would be POD too.
			expectModes(ctx, must(b.SharedPod(ctx, unsetManifest)), "CONTAINER")
		},
	},
	Isolated: claim.Side{
		Observe:   "CONTAINER for both pods",
		NeedsNode: lab.Looking,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, _, _ := pagePod(ctx, b)
			expectModes(ctx, p, "CONTAINER")
			expectModes(ctx, must(b.SharedPod(ctx, unsetManifest)), "CONTAINER")
		},
	},
}

// expectModes compares CRI's PID namespace mode of the sandbox and of every container.
func expectModes(ctx context.Context, p *lab.Pod, want string) {
	ginkgo.GinkgoHelper()
	tasks := must(p.Tasks(ctx))
	tasks.Containers["(the sandbox)"] = tasks.Sandbox
	expectContainersModes(p, tasks, want)
}

// expectContainersModes compares that of every container: it is what decides whether it shares.
func expectContainersModes(p *lab.Pod, tasks lab.Tasks, want string) {
	ginkgo.GinkgoHelper()
	modes := map[string]string{}
	for name, task := range tasks.Containers {
		modes["container "+name] = task.Mode
	}
	evidence("PID namespace modes in pod "+p.Name, modes)
	for of, mode := range modes {
		Expect(mode).To(Equal(want), "%s of pod %s should have the PID namespace mode %s, by CRI; it has %s", of, p.Name, want, mode)
	}
}
