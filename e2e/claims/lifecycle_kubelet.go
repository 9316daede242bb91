package claims

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

var namespaceSurvivesKubelet = claim.Claim{
	ID:         "namespace-survives-kubelet",
	Title:      "a pod keeps its process namespace when the kubelet, or the runtime, is restarted",
	Promise:    claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "Share a single process namespace between all of the containers in a pod"},
	Kind:       claim.Conformance,
	Nodes:      claim.EachNode,
	Fixtures:   []string{fixtures.PageManifest},
	Disruptive: true,
	Takes:      25 * time.Second,
	Shared: claim.Side{
		Observe:   survivesObserve + "; a process started afterwards in one container is seen from the other",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, shell := ownPagePod(ctx, b)
			restartsSurvived(ctx, b, append([]string{"kubelet"}, b.RuntimeServices()...), p)
			held, table := must(nginx.Hold(ctx)), must(shell.Processes(ctx))
			Expect(table.IDs()).To(ContainElement(held.ID()), "after the restarts shell does not see a new process of nginx's container, PID %d, start %d; it sees:\n%s", held.PID, held.Start, table)
		},
	},
	Isolated: claim.Side{
		Observe:   survivesObserve + "; a process started afterwards in one container is not seen from the other",
		NeedsNode: lab.Own,
		Check: func(ctx context.Context, b *lab.Bench) {
			p, nginx, shell := ownPagePod(ctx, b)
			restartsSurvived(ctx, b, append([]string{"kubelet"}, b.RuntimeServices()...), p)
			held, table := must(nginx.Hold(ctx)), must(shell.Processes(ctx))
			Expect(table.WithWord(held.Word)).To(BeEmpty(), "after the restarts shell sees a process of nginx's container; it sees:\n%s", table)
		},
	},
}

const survivesObserve = "after a restart of the kubelet, and after one of containerd (and of Docker, where there is one), each known by its new PID and by a new pod that runs: " +
	"every container has the inode of before and the processes of before, none was restarted"

// restartsSurvived restarts the node's services one by one; the pods must be the same after each.
func restartsSurvived(ctx context.Context, b *lab.Bench, services []string, pods ...*lab.Pod) {
	ginkgo.GinkgoHelper()
	var were []podState
	for _, p := range pods {
		for _, c := range p.Containers() {
			must(c.Hold(ctx))
		}
		were = append(were, stateOf(ctx, p))
	}
	for _, service := range services {
		took, err := b.RestartService(ctx, service)
		done(err, "restarting %s", service)
		done(b.NodeWorks(ctx, fixtures.PageManifest), "the node should work again after the restart of %s", service)
		for _, was := range were {
			was.unchanged(ctx, service, took)
		}
	}
}

// podState is what a restart of its node's services is to leave of a pod as it is.
type podState struct {
	pod         *lab.Pod
	statuses    []corev1.ContainerStatus
	inhabitants []string
}

func stateOf(ctx context.Context, p *lab.Pod) podState {
	was := podState{p, p.Statuses(must(p.Get(ctx))), seenTwice(func() []string { return must(inhabitants(ctx, p)) })}
	evidence("pod "+p.Name+" before", strings.Join(was.inhabitants, "\n"))
	return was
}

// unchanged expects the pod's containers, namespaces and processes of before, and perhaps more: a kubelet that was restarted probes anew. took is how long the service was away.
func (was podState) unchanged(ctx context.Context, service string, took time.Duration) {
	ginkgo.GinkgoHelper()
	sameContainers(must(was.pod.Get(ctx)), was.pod, was.statuses, service, took)
	after, err := inhabitants(ctx, was.pod)
	if err != nil {
		// What cannot be looked into may have ended, and the kubelet be about to say so.
		now := must(lab.Await(ctx, lab.Timeouts.Restart, was.pod.Get, func(pod *corev1.Pod) bool { return another(was.pod.Statuses(pod), was.statuses) }))
		sameContainers(now, was.pod, was.statuses, service, took)
		done(err, "looking into the pod after the restart of %s", service)
	}
	shown := strings.Join(after, "\n")
	evidence("pod "+was.pod.Name+" after the restart of "+service, shown)
	lost := slices.DeleteFunc(slices.Clone(was.inhabitants), func(one string) bool { return slices.Contains(after, one) })
	Expect(lost).To(BeEmpty(), "the restart of %s changed namespaces or processes of a pod that ran: these are gone; after it:\n%s", service, shown)
}

// shimPatience is how long containerd, once started, waits for the answer of a shim; the containers of one that does not answer it ends
// (io.containerd.timeout.shim.load, in containerd's config).
const shimPatience = 5 * time.Second

// another says that one of the containers is another one than before, or has ended.
func another(now, before []corev1.ContainerStatus) bool {
	return len(now) != len(before) || slices.ContainsFunc(now, func(s corev1.ContainerStatus) bool {
		return s.State.Running == nil || !slices.ContainsFunc(before, func(was corev1.ContainerStatus) bool { return was.ContainerID == s.ContainerID })
	})
}

// sameContainers expects the containers of before. Where the runtime took so long to come back that it may have ended them for that, their end
// says nothing.
func sameContainers(now *corev1.Pod, p *lab.Pod, before []corev1.ContainerStatus, service string, took time.Duration) {
	statuses := p.Statuses(now)
	if took >= shimPatience && another(statuses, before) {
		unobserved(reports.CauseTime, fmt.Sprintf("containers ended at the restart of %s, after which the runtime took %s until it answered: longer than it waits for "+
			"a container's shim (%s), so that it may have given up those that it ended; the pod: %s", service, took.Round(100*time.Millisecond), shimPatience, lab.Describe(now)))
	}
	Expect(statuses).To(HaveLen(len(before)), "the pod's containers after the restart of %s: %s", service, lab.Describe(now))
	for i, s := range statuses {
		Expect(s.ContainerID).To(Equal(before[i].ContainerID), "container %s was replaced after the restart of %s; the pod: %s", s.Name, service, lab.Describe(now))
		Expect(s.RestartCount).To(Equal(before[i].RestartCount), "container %s was restarted after the restart of %s; the pod: %s", s.Name, service, lab.Describe(now))
		Expect(s.State.Running).NotTo(BeNil(), "container %s ended at the restart of %s; the pod: %s", s.Name, service, lab.Describe(now))
	}
}
