package claims

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
)

// Visibility is who sees whom.
var Visibility = claim.Group{Name: "visibility", About: "who sees whom", Claims: []claim.Claim{
	visibleToAll, oneNamespace, initContainerShares, execProbeHookShare, cooperatingSidecar, troubleshootShellLess, debugCopyShares, peerCredentials,
}}

var visibleToAll = claim.Claim{
	ID:       "visible-to-all",
	Title:    "processes in a container are visible to all other containers in the pod",
	Page:     []string{"intro.visible", "visible"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"visible-to-all.yaml"},
	Takes:    6 * time.Second,
	Shared: claim.Side{
		Observe: "three containers, every ordered pair: a fresh process with a random word has one PID and one start time in all views; each of the three process tables is PID 1, the three containers' own processes and the fresh ones, and no other",
		Check: func(ctx context.Context, b *lab.Bench) {
			containers := must(b.SharedPod(ctx, "visible-to-all.yaml")).Containers()
			known := []lab.Process{firstProcess(ctx, containers[0])}
			for _, c := range containers {
				known = append(known, must(c.Own(ctx)))
			}
			held := holdEach(ctx, containers)
			known = append(known, held...)
			for _, viewer := range containers {
				table := settled(ctx, viewer, known...)
				evidence("process table of "+viewer.Name, table)
				for i, host := range containers {
					seen := table.WithWord(held[i].Word)
					Expect(seen).To(HaveLen(1), "a process started in %s should be visible from %s, which sees:\n%s", host.Name, viewer.Name, table)
					Expect(seen[0].ID()).To(Equal(held[i].ID()), "from %s it should have the PID and start time that %s sees", viewer.Name, host.Name)
				}
				exactly(viewer, table, known...)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "three containers, every ordered pair: a fresh process is seen in its own container and by no scan of another's PIDs; each container's process table is its own process, as PID 1, and its fresh one, and no other",
		Check: func(ctx context.Context, b *lab.Bench) {
			containers := must(b.NewPod(ctx, "visible-to-all.yaml")).Containers()
			held := holdEach(ctx, containers) // each found in its own container: the scan works
			for v, viewer := range containers {
				own := must(viewer.Own(ctx))
				table := settled(ctx, viewer, own, held[v])
				evidence("process table of "+viewer.Name, table)
				for i, host := range containers {
					if host != viewer {
						Expect(table.WithWord(held[i].Word)).To(BeEmpty(), "a process of %s should not be visible from %s, which sees:\n%s", host.Name, viewer.Name, table)
					}
				}
				Expect(own.PID).To(Equal(1), "the own process of %s should be its PID 1; it is %s", viewer.Name, own)
				exactly(viewer, table, own, held[v])
			}
		},
	},
}

// holdEach starts a process with a random word in each container.
func holdEach(ctx context.Context, containers []*lab.Container) []lab.Process {
	var held []lab.Process
	for _, c := range containers {
		held = append(held, must(c.Hold(ctx)))
	}
	return held
}

// expectExactly wants the container's process table to be these processes and no other.
func expectExactly(ctx context.Context, c *lab.Container, known ...lab.Process) lab.Table {
	ginkgo.GinkgoHelper()
	table := settled(ctx, c, known...)
	exactly(c, table, known...)
	return table
}

// settled is the container's process table when it is these processes and no other, or the last one seen. What is
// passing, such as a process that exec is just starting or ending, is awaited; what stays is not excused.
func settled(ctx context.Context, c *lab.Container, known ...lab.Process) lab.Table {
	ginkgo.GinkgoHelper()
	whole := func(t lab.Table) bool { return t.Unaccounted(known...) == "" }
	table := must(lab.Await(ctx, lab.Timeouts.Observation, c.Processes, whole))
	if whole(table) {
		return table
	}
	inTime(ctx, lab.Timeouts.Observation, c.Pace, "%s should see certain processes and no other", c)
	return must(c.Processes(ctx))
}

// exactly wants a settled table to be these processes and no other.
func exactly(c *lab.Container, table lab.Table, known ...lab.Process) {
	ginkgo.GinkgoHelper()
	if amiss := table.Unaccounted(known...); amiss != "" {
		Fail(fmt.Sprintf("%s %s\n\nIts whole process table:\n%s", c, amiss, table))
	}
}

var oneNamespace = claim.Claim{
	ID:       "one-namespace",
	Title:    "the containers of the pod are in one process namespace",
	Page:     []string{"title", "understanding.resources"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{fixtures.PageManifest, "visible-to-all.yaml"},
	Shared: claim.Side{
		Observe: "/proc/self/ns/pid is one inode in all containers, for their own processes too, and neither the node's nor another pod's; mnt differs; net and ipc are one (the control)",
		Check: func(ctx context.Context, b *lab.Bench) {
			seen := namespaces(ctx, b)
			Expect(seen.byInode("pid")).To(HaveLen(1), "the containers should be in one PID namespace")
			other := must(b.SharedPod(ctx, "visible-to-all.yaml")).Containers()[0]
			if ownKernel(ctx, other) == "" { // each kernel counts its namespaces by itself
				Expect(seen.byInode("pid")).NotTo(HaveKey(must(other.Self(ctx)).Namespaces["pid"]), "the containers should not be in the PID namespace of another pod")
			}
		},
	},
	Isolated: claim.Side{
		Observe: "/proc/self/ns/pid differs from container to container, for their own processes too; the control holds",
		Check: func(ctx context.Context, b *lab.Bench) {
			Expect(namespaces(ctx, b).byInode("pid")).To(HaveLen(2), "the two containers should be in two PID namespaces")
		},
	},
}

// podNamespaces are a pod's two containers' namespaces by container and kind.
type podNamespaces map[string]map[string]string

// byInode says which containers are in which namespace of a kind.
func (n podNamespaces) byInode(kind string) map[string][]string {
	by := map[string][]string{}
	for name, ns := range n {
		by[ns[kind]] = append(by[ns[kind]], name)
	}
	return by
}

// namespaces reads the namespaces of both containers of the page's pod, and checks what holds in every lane.
func namespaces(ctx context.Context, b *lab.Bench) podNamespaces {
	p, nginx, _ := pagePod(ctx, b)
	seen := podNamespaces{}
	var tasks lab.Tasks
	node := ""
	seesNode := nodeSees(ctx, b, nginx)
	if seesNode {
		tasks = must(p.Tasks(ctx))
		node = strings.TrimSpace(must(b.OnNode(ctx, "the node's own PID namespace (/proc/1/ns/pid)", "readlink", "/proc/1/ns/pid")))
	}
	for _, c := range p.Containers() {
		seen[c.Name] = must(c.Self(ctx)).Namespaces
	}
	evidence("namespaces by container", seen)
	for name, ns := range seen {
		for _, kind := range []string{"pid", "mnt", "net", "ipc", "uts"} {
			Expect(ns[kind]).NotTo(BeEmpty(), "container %s should see /proc/self/ns/%s", name, kind)
		}
		if seesNode {
			Expect(ns["pid"]).NotTo(Equal(node), "container %s should not be in the node's PID namespace", name)
			task := tasks.Containers[name]
			Expect(task.PIDNS).To(Equal(ns["pid"]), "what exec starts in %s should be in the PID namespace of its own process (node's PID %d)", name, task.PID)
		}
	}
	for _, kind := range []string{"net", "ipc"} { // CRI has no word on uts: Docker's containers have one each
		Control(seen.byInode(kind)).To(HaveLen(1), "control: the containers of a pod are in one %s namespace", kind)
	}
	Control(seen.byInode("mnt")).To(HaveLen(2), "control: each container has a mount namespace of its own")
	return seen
}
