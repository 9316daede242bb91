package e2e

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Boundaries is where sharing ends.
var Boundaries = claim.Group{Name: "boundaries", About: "where sharing ends", Claims: []claim.Claim{otherPodsInvisible, hostPIDControl}}

// sharingManifest is a pod of two containers that asks for sharing.
const sharingManifest = "other-pods-invisible.yaml"

var otherPodsInvisible = claim.Claim{
	ID:    "other-pods-invisible",
	Title: "sharing ends at the pod: other pods on the node, and the node itself, stay out of sight",
	Quote: "processes in a container are visible to all other containers in that pod",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "two sharing pods on one node: every container sees a fresh process of each container of its own pod, and in a scan of all PIDs none of the other pod's, nor the node's kubelet",
		Check: func(ctx context.Context, b *lab.Bench) {
			sightsEndAtThePod(ctx, b, func(viewer, host *lab.Container) bool { return viewer.Pod == host.Pod })
		},
	},
	Isolated: claim.Side{
		Observe: "the same two pods: every container sees its own fresh process alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			sightsEndAtThePod(ctx, b, func(viewer, host *lab.Container) bool { return viewer.Pod == host.Pod && viewer.Name == host.Name })
		},
	},
}

// sightsEndAtThePod starts a process in every container of two pods on one node and compares who sees which with who should.
func sightsEndAtThePod(ctx context.Context, b *lab.Bench, should func(viewer, host *lab.Container) bool) {
	first := must(b.SharedPod(ctx, sharingManifest))
	second := must(b.NewPodBeside(ctx, sharingManifest, first))
	name := func(c *lab.Container) string {
		return fmt.Sprintf("%s of the %s pod", c.Name, map[*lab.Pod]string{first: "first", second: "second"}[c.Pod])
	}
	all := append(first.Containers(), second.Containers()...)
	held := map[*lab.Container]lab.Process{}
	for _, host := range all {
		held[host] = must(host.Hold(ctx))
	}
	for _, viewer := range all {
		table := must(viewer.Processes(ctx))
		evidence("process table of "+name(viewer), table)
		for _, host := range all {
			seen := len(table.WithWord(held[host].Word)) > 0
			Expect(seen).To(Equal(should(viewer, host)), "%s from %s, which is wrong: a process started there (%s). The whole table:\n%s",
				map[bool]string{true: name(host) + " is visible", false: name(host) + " is not visible"}[seen], name(viewer), held[host], table)
		}
		kubeletOutOfSight(ctx, b, viewer, name(viewer), table)
	}
}

// kubeletOutOfSight expects the node's kubelet neither in the table nor under its number.
func kubeletOutOfSight(ctx context.Context, b *lab.Bench, viewer *lab.Container, name string, table lab.Table) {
	if b.Node == nil {
		evidence("kubelet", "left out: this run has no access to nodes")
		return
	}
	kubelet := must(b.Service(ctx, "kubelet"))
	Expect(table.StartedAt(kubelet.Start).Theirs()).To(BeEmpty(), "the node's kubelet (%+v) is visible from %s, which sees:\n%s", kubelet, name, table)
	if _, taken := table.PID(kubelet.PID); !taken {
		Expect(must(viewer.Kill(ctx, "0", kubelet.PID))).To(Equal("ESRCH"), "the kubelet's PID on the node, %d, should be no process in %s", kubelet.PID, name)
	}
}

var hostPIDControl = claim.Claim{
	ID:    "host-pid-control",
	Title: "control: the probe sees other pods' processes and the node's where they are in sight",
	Quote: "Use the host's pid namespace",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "from a pod with hostPID, on the same node: the kubelet, containerd, and a fresh process in another pod, by PID and start time; CRI's mode is NODE",
		Check:   seesTheNode,
	},
	Isolated: claim.Side{
		Observe: "the same: where the suite says isolated, it is not for blindness",
		Check:   seesTheNode,
	},
}

func seesTheNode(ctx context.Context, b *lab.Bench) {
	other := must(b.SharedPod(ctx, sharingManifest))
	p := must(b.NewPodBeside(ctx, "host-pid-control.yaml", other))
	viewer := p.Containers()[0]
	for _, host := range other.Containers() {
		held := must(host.Hold(ctx))
		table := must(viewer.Processes(ctx))
		seen := table.WithWord(held.Word)
		Expect(seen).To(HaveLen(1), "a process started in %s (%s) should be visible from a pod with hostPID, which sees:\n%s", host, held, table)
		Expect(seen[0].Start).To(Equal(held.Start), "the process started in %s should have the start time that its own container sees", host)
		Expect(seen[0].NSpid).To(HaveExactElements(seen[0].PID, held.PID), "the process started in %s should have its PID on the node and its PID in the pod (%s); NSpid is %v", host, held, seen[0].NSpid)
		evidence(fmt.Sprintf("process started in %s, from the pod with hostPID", host), fmt.Sprintf("%s, NSpid %v", seen[0], seen[0].NSpid))
	}
	if b.Node == nil {
		evidence("kubelet, containerd, CRI's mode", "left out: this run has no access to nodes")
		return
	}
	expectModes(ctx, p, "NODE")
	for _, unit := range []string{"kubelet", "containerd"} {
		// Asked again as a whole: another claim may restart the unit in between.
		Eventually(ctx, func(g Gomega) {
			service, err := b.Service(ctx, unit)
			g.Expect(err).NotTo(HaveOccurred())
			table, err := viewer.Processes(ctx)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(table.IDs()).To(ContainElement(service), "seen:\n%s", table)
		}).WithTimeout(lab.Timeouts.Observation).WithPolling(lab.Timeouts.Poll).Should(Succeed(), "the node's %s should be visible, PID and start time as on the node, from a pod with hostPID", unit)
	}
}
