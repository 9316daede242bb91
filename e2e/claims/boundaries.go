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

// Boundaries is where sharing ends.
var Boundaries = claim.Group{Name: "boundaries", About: "where sharing ends", Claims: []claim.Claim{otherPodsInvisible, hostPIDControl}}

// sharingManifest is a pod of two containers that asks for sharing.
const sharingManifest = "other-pods-invisible.yaml"

var otherPodsInvisible = claim.Claim{
	ID:       "other-pods-invisible",
	Title:    "sharing ends at the pod: other pods on the node, and the node itself, stay out of sight",
	Promise:  claim.Promise{From: "API, PodSpec.shareProcessNamespace", Text: "Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{sharingManifest},
	Takes:    8 * time.Second,
	Shared: claim.Side{
		Observe: "four sharing pods on one node, alike in all that a runtime could take for a key (one namespace, one name in two namespaces, one service account, one owner, one image and command): every container sees the process of each container of its own pod, and in a scan of all PIDs none of another pod's, nor the node's kubelet",
		Check: func(ctx context.Context, b *lab.Bench) {
			sightsEndAtThePod(ctx, b, func(viewer, host *lab.Container) bool { return viewer.Pod == host.Pod })
		},
	},
	Isolated: claim.Side{
		Observe: "the same four pods: every container sees its own process alone",
		Check: func(ctx context.Context, b *lab.Bench) {
			sightsEndAtThePod(ctx, b, func(viewer, host *lab.Container) bool { return viewer.Pod == host.Pod && viewer.Name == host.Name })
		},
	},
}

// sightsEndAtThePod compares who sees which container's process with who should, among pods on one node that look alike.
func sightsEndAtThePod(ctx context.Context, b *lab.Bench, should func(viewer, host *lab.Container) bool) {
	pods, names := alikePods(ctx, b)
	name := func(c *lab.Container) string { return c.Name + " of " + names[c.Pod] }
	var all []*lab.Container
	for _, p := range pods {
		all = append(all, p.Containers()...)
	}
	announced := map[*lab.Container]lab.Process{}
	for _, host := range all {
		announced[host] = must(host.Announced(ctx))
	}
	tables := map[*lab.Container]lab.Table{}
	for _, viewer := range all {
		table := must(viewer.Processes(ctx))
		evidence("process table of "+name(viewer), table)
		for _, host := range all {
			word := announced[host].Word
			if should(viewer, host) {
				Expect(table.WithWord(word).IDs()).To(Equal([]lab.ID{announced[host].ID()}), "%s should see the process of %s (word %s); it sees:\n%s", name(viewer), name(host), word, table)
			} else {
				Expect(table.WithWord(word)).To(BeEmpty(), "%s should not see the process of %s (word %s); it sees:\n%s", name(viewer), name(host), word, table)
			}
		}
		tables[viewer] = table
	}
	kubelet, why := service(ctx, b, "kubelet")
	if why != "" {
		evidence("kubelet", "left out: "+why)
		return
	}
	for viewer, table := range tables {
		Expect(table.StartedAt(kubelet.Start).Theirs()).To(BeEmpty(), "%s should not see the node's kubelet (%+v); it sees:\n%s", name(viewer), kubelet, table)
	}
	// What a listing leaves out may still be reached by its number.
	viewer := all[0]
	if _, taken := tables[viewer].PID(kubelet.PID); !taken {
		Expect(must(viewer.Kill(ctx, "0", kubelet.PID))).To(Equal("ESRCH"), "the kubelet's PID on the node, %d, should be no process for %s", kubelet.PID, name(viewer))
	}
}

// alikePods are sharing pods on one node, and what to call each: one, one of its name in another namespace, and two of one owner in the
// namespace, with the service account, the image and the command of the first.
func alikePods(ctx context.Context, b *lab.Bench) ([]*lab.Pod, map[*lab.Pod]string) {
	ginkgo.GinkgoHelper()
	first := must(b.SharedPod(ctx, sharingManifest))
	namesake := must(b.NewPodBeside(ctx, sharingManifest, first))
	siblings := must(b.Replicas(ctx, sharingManifest, 2, first))
	return append([]*lab.Pod{first, namesake}, siblings...), map[*lab.Pod]string{
		first: "the first pod", namesake: "its namesake in another namespace",
		siblings[0]: "a replica in its namespace", siblings[1]: "another replica of the same owner",
	}
}

var hostPIDControl = claim.Claim{
	ID:       "host-pid-control",
	Title:    "control: the probe sees other pods' processes and the node's where they are in sight",
	Promise:  claim.Promise{From: "API, PodSpec.hostPID", Text: "Use the host's pid namespace"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"host-pid-control.yaml", sharingManifest},
	Shared: claim.Side{
		Observe: "from a pod with hostPID, on the same node: the kubelet, containerd, and another pod's processes, by PID and start time; CRI's mode is NODE",
		Check:   seesTheNode,
	},
	Isolated: claim.Side{
		Observe: "the same: where the suite says isolated, it is not for blindness",
		Check:   seesTheNode,
	},
}

// onTheNodesKernel ends the claim where a pod has a kernel of its own: with hostPID, too, it cannot be among the node's processes.
func onTheNodesKernel(ctx context.Context, c *lab.Container) {
	if why := ownKernel(ctx, c); why != "" {
		inapplicable(why)
	}
}

func seesTheNode(ctx context.Context, b *lab.Bench) {
	other := must(b.SharedPod(ctx, sharingManifest))
	p := must(b.NewPodBeside(ctx, "host-pid-control.yaml", other))
	viewer := p.Containers()[0]
	onTheNodesKernel(ctx, viewer)
	for _, host := range other.Containers() {
		there, table := must(host.Announced(ctx)), must(viewer.Processes(ctx))
		seen := table.WithWord(there.Word)
		Expect(seen).To(HaveLen(1), "a pod with hostPID should see the process of %s (word %s); it sees:\n%s", host, there.Word, table)
		evidence(fmt.Sprintf("process of %s, from the pod with hostPID", host), fmt.Sprintf("%s, NSpid %v", seen[0], seen[0].NSpid))
		Expect(seen[0].Start).To(Equal(there.Start), "the process of %s should have one start time in both views", host)
		Expect(seen[0].NSpid).To(HaveExactElements(seen[0].PID, there.PID), "the process of %s should have a PID on the node, and in the pod the PID that it sees itself", host)
	}
	if why := b.OutOfSight(ctx); why != "" {
		evidence("kubelet, containerd, CRI's mode", "left out: "+why)
		return
	}
	expectModes(ctx, p, "NODE")
	for _, unit := range nodeServices {
		if b.Access() == lab.Own {
			break // they are there
		}
		if _, why := service(ctx, b, unit); why != "" {
			evidence("kubelet, containerd", "left out: "+why)
			return
		}
	}
	// Asked again as a whole: another claim may restart one in between.
	eventually(ctx, viewer, func(g Gomega) {
		var services []lab.ID
		for _, unit := range nodeServices {
			services = append(services, seen(b.Service(ctx, unit)))
		}
		table := seen(viewer.Processes(ctx))
		g.Expect(table.IDs()).To(ContainElements(services), "seen:\n%s", table)
	}, "a pod with hostPID should see the node's kubelet and containerd, PID and start time as on the node")
}

// nodeServices are those of the nodes that kubeadm makes.
var nodeServices = []string{"kubelet", "containerd"}

// service is the main process of a unit of the node's. why is in words what keeps it out of sight: no access, or, on somebody's node, that other
// programs, by other names, do its work there.
func service(ctx context.Context, b *lab.Bench, unit string) (id lab.ID, why string) {
	ginkgo.GinkgoHelper()
	if why := b.OutOfSight(ctx); why != "" {
		return id, why
	}
	id, err := b.Service(ctx, unit)
	if err != nil && b.Access() < lab.Own {
		return id, err.Error()
	}
	return must(id, err), ""
}
