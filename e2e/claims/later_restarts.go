package claims

import (
	"context"
	"errors"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// What restarts a container beside the pod's own policy. The same pod without the field comes first: where nothing is restarted there, nothing is said of
// the one with it.

const (
	ruleManifest   = "restart-rule-keeps-namespace.yaml"
	resizeManifest = "resize-keeps-namespace.yaml"
)

const restartsObserve = "the restarted container has the inode of before, its neighbour sees its new first process; PID 1 and the neighbour's processes are the same ones, " +
	"the neighbour is not restarted. In the same pod without the field it has a PID 1 of its own, another one than before, and the neighbour goes on, too"

var restartRuleKeepsNamespace = claim.Claim{
	ID:       "restart-rule-keeps-namespace",
	Title:    "a container that is restarted for its exit code, in a pod that restarts nothing else, is in the pod's namespace again",
	Promise:  claim.Promise{From: "API, Container.restartPolicyRules and PodSpec.shareProcessNamespace", Text: "Represents a list of rules to be checked to determine if the container should be restarted on exit; Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{ruleManifest},
	Where:    claim.Since("v1.35.0"),
	Shared: claim.Side{
		Observe: "ended with the exit code of a rule, where pod and container have restartPolicy Never: " + restartsObserve,
		Check: func(ctx context.Context, b *lab.Bench) {
			restartedApart(ctx, ruled(must(b.NewPodApart(ctx, ruleManifest))), endAndRestart)
			restartedInside(ctx, ruled(must(b.NewPod(ctx, ruleManifest))), endAndRestart)
		},
	},
	Isolated: cannotIsolate,
}

// ruled is a pod whose rules the API server has kept: where it does not know them it drops them, which is no matter of sharing.
func ruled(p *lab.Pod) *lab.Pod {
	Control(p.Created.Spec.Containers).To(ContainElement(HaveField("RestartPolicyRules", Not(BeEmpty()))), "control: the API server should keep restartPolicyRules, a gate of its own")
	return p
}

var resizeKeepsNamespace = claim.Claim{
	ID:       "resize-keeps-namespace",
	Title:    "a container that is restarted to be given another size is in the pod's namespace again",
	Promise:  claim.Promise{From: "API, ContainerResizePolicy.restartPolicy and PodSpec.shareProcessNamespace", Text: "Restart policy to apply when specified resource is resized; Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{resizeManifest},
	Where:    claim.Since("v1.33.0"),
	Shared: claim.Side{
		Observe: "its limit of memory changed by the pod's subresource resize, with restartPolicy RestartContainer: " + restartsObserve,
		Check: func(ctx context.Context, b *lab.Bench) {
			restartedApart(ctx, must(b.NewPodApart(ctx, resizeManifest)), resizeAndRestart)
			restartedInside(ctx, must(b.NewPod(ctx, resizeManifest)), resizeAndRestart)
		},
	},
	Isolated: cannotIsolate,
}

// resizeAndRestart gives mortal another limit of memory, for which it is restarted, and waits for its successor; the neighbour goes on.
func resizeAndRestart(ctx context.Context, mortal, neighbour *lab.Container) {
	before, untouched := must(mortal.Status(ctx)), must(neighbour.Status(ctx))
	done(mortal.ResizeMemory(ctx, "128Mi"), "giving container mortal another limit of memory")
	pod := must(lab.Await(ctx, lab.Timeouts.Restart, mortal.Pod.Get, func(pod *corev1.Pod) bool {
		return lab.PutOff(pod) != "" || lab.Status(pod, mortal.Name).ContainerID != before.ContainerID
	}))
	if words := lab.PutOff(pod); words != "" {
		unobserved(reports.CauseUnschedulable, "the kubelet does not give container mortal another limit of memory: "+words)
	}
	// The kubelet stops it and starts its successor in one go: how it ended may stay untold.
	after, err := replaced(ctx, mortal, before, "container mortal has another limit of memory, for which it is to be restarted")
	if !errors.Is(err, lab.ErrEndUntold) {
		unlost(after.Now)
	}
	notRestarted(ctx, neighbour, untouched)
}
