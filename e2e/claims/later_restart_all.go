package claims

import (
	"context"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const restartAllManifest = "restart-all-keeps-namespace.yaml"

var restartAllKeepsNamespace = claim.Claim{
	ID:       "restart-all-keeps-namespace",
	Title:    "where a container's end restarts all containers of its pod, they are in the pod's namespace again, and nothing of theirs from before is",
	Promise:  claim.Promise{From: "API, ContainerRestartRule.action RestartAllContainers, and PodSpec.shareProcessNamespace", Text: "Specifies the action taken on a container exit; Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Takes:    20 * time.Second,
	Fixtures: []string{restartAllManifest},
	Where:    claim.Since("v1.36.0"),
	Shared: claim.Side{
		Observe: "of before there are the namespace, PID 1 and an ephemeral container's process, and no container's first process, daemon or exec'd one; each container, the ephemeral one too, sees the new first processes; the init container ran again, in that namespace. " +
			"In the same pod without the field each has a PID 1 of its own, another one than before",
		Check: func(ctx context.Context, b *lab.Bench) {
			allRestartedApart(ctx, ruled(must(b.NewPodApart(ctx, restartAllManifest))))
			allRestartedInside(ctx, ruled(must(b.NewPod(ctx, restartAllManifest))))
		},
	},
	Isolated: cannotIsolate,
}

func allRestartedInside(ctx context.Context, p *lab.Pod) {
	ginkgo.GinkgoHelper()
	trigger, other, debug := p.Container("trigger"), p.Container("other"), must(p.Debug(ctx, "debug", ""))
	namespace, stays := must(trigger.Self(ctx)).Namespaces["pid"], []lab.Process{sandboxInit(ctx, other), must(debug.First(ctx))}
	old := []lab.Process{must(trigger.First(ctx)), must(other.First(ctx)), must(other.Daemon(ctx, "/tmp/lock")), must(other.Hold(ctx)), must(trigger.Hold(ctx))}
	visible(ctx, trigger, other, append(stays, old...)...)

	restartAll(ctx, trigger)
	for _, c := range []*lab.Container{trigger, other} {
		Expect(must(c.Self(ctx)).Namespaces["pid"]).To(Equal(namespace), "%s is in another PID namespace than before all containers were restarted", c)
	}
	expected := append(stays, must(trigger.First(ctx)), must(other.First(ctx)))
	for _, c := range []*lab.Container{trigger, other, debug} {
		table := must(c.Processes(ctx))
		evidence("process table of "+c.Name+" after all containers were restarted", table)
		for _, there := range expected {
			Expect(lives(table, there)).To(BeTrue(), "%s should see PID 1 and the ephemeral container's process of before, and the containers' new first processes; it does not see %s, but:\n%s", c, there, table)
		}
		for _, gone := range old {
			Expect(lives(table, gone)).To(BeFalse(), "%s, of before all containers were restarted, is still there; %s sees:\n%s", gone, c, table)
		}
	}
	Expect(initRuns(ctx, other)).To(Equal([]string{namespace, namespace}), "the init container should have run once before and once after, each time in the pod's PID namespace")
}

func allRestartedApart(ctx context.Context, p *lab.Pod) {
	ginkgo.GinkgoHelper()
	trigger, other := p.Container("trigger"), p.Container("other")
	before := map[*lab.Container]lab.Process{trigger: ownInit(ctx, trigger), other: ownInit(ctx, other)}
	restartAll(ctx, trigger)
	for c, old := range before {
		Expect(ownInit(ctx, c).Start).To(BeNumerically(">", old.Start), "PID 1 of %s should be a new process", c)
	}
	Expect(must(trigger.Self(ctx)).Namespaces["pid"]).NotTo(Equal(must(other.Self(ctx)).Namespaces["pid"]), "containers of a pod that does not share are in one PID namespace after all were restarted")
	Control(initRuns(ctx, other)).To(HaveLen(2), "control: in a pod that does not share the init container should have run once before and once after")
}

// restartAll has the container end with the exit code for which all are to be restarted, and waits until they are.
func restartAll(ctx context.Context, trigger *lab.Container) {
	ginkgo.GinkgoHelper()
	const exitCode = 4 // as the fixture says
	before := must(trigger.Pod.Get(ctx))
	done(trigger.OrderExit(ctx, exitCode), "having the first process of container trigger exit")
	renewed(ctx, trigger.Pod, before, "a container ended with the exit code for which all are to be restarted")
}

// initRuns are the PID namespaces that the init container was in, run by run, by what it has noted.
func initRuns(ctx context.Context, c *lab.Container) []string {
	ginkgo.GinkgoHelper()
	return strings.Fields(must(c.Output(ctx, "cat", "/noted/init")))
}
