package e2e

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// Visibility is who sees whom.
var Visibility = claim.Group{Name: "visibility", About: "who sees whom", Claims: []claim.Claim{visibleToAll, oneNamespace}}

var visibleToAll = claim.Claim{
	ID:    "visible-to-all",
	Title: "processes in a container are visible to all other containers in the pod",
	Quote: "When process namespace sharing is enabled, processes in a container are visible to all other containers in that pod",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "three containers, every ordered pair: a fresh process with a random word has one PID and one start time in all views; the three process tables are one",
		Check: func(ctx context.Context, b *lab.Bench) {
			containers := must(b.SharedPod(ctx, "visible-to-all.yaml")).Containers()
			for _, host := range containers {
				held := must(host.Hold(ctx))
				for _, viewer := range containers {
					table := must(viewer.Processes(ctx))
					seen := table.WithWord(held.Word)
					Expect(seen).To(HaveLen(1), "a process started in %s should be visible from %s, which sees:\n%s", host.Name, viewer.Name, table)
					Expect(seen[0].ID()).To(Equal(held.ID()), "from %s it should have the PID and start time that %s sees", viewer.Name, host.Name)
				}
			}
			first := settled(ctx, containers[0])
			evidence("process table seen by all", first)
			for _, c := range containers[1:] {
				Expect(settled(ctx, c).IDs()).To(Equal(first.IDs()), "%s and %s should see the same processes", c.Name, containers[0].Name)
			}
		},
	},
	Isolated: claim.Side{
		Observe: "three containers, every ordered pair: a fresh process is seen in its own container and by no scan of another's PIDs",
		Check: func(ctx context.Context, b *lab.Bench) {
			containers := must(b.SharedPod(ctx, "visible-to-all.yaml")).Containers()
			for _, host := range containers {
				held := must(host.Hold(ctx)) // found in its own container: the scan works
				for _, viewer := range containers {
					if viewer.Name == host.Name {
						continue
					}
					table := must(viewer.Processes(ctx))
					evidence(fmt.Sprintf("process table of %s (the word is in %s)", viewer.Name, host.Name), table)
					Expect(table.WithWord(held.Word)).To(BeEmpty(), "a process of %s should not be visible from %s, which sees:\n%s", host.Name, viewer.Name, table)
					Expect(table.StartedAt(held.Start).WithWord(held.Word)).To(BeEmpty())
				}
			}
		},
	},
}

// settled is a container's process table without the suite's own passing processes.
func settled(ctx context.Context, c *lab.Container) lab.Table {
	return must(c.Processes(ctx)).Theirs()
}

var oneNamespace = claim.Claim{
	ID:    "one-namespace",
	Title: "the containers of the pod are in one process namespace",
	Quote: "Share Process Namespace between Containers in a Pod",
	Kind:  claim.Conformance,
	Shared: claim.Side{
		Observe: "/proc/self/ns/pid is one inode in all containers; mnt differs; net, ipc and uts are one (the control)",
		Check: func(ctx context.Context, b *lab.Bench) {
			inodes := namespaces(ctx, b)
			Expect(inodes("pid")).To(HaveLen(1), "the containers should be in one PID namespace")
		},
	},
	Isolated: claim.Side{
		Observe: "/proc/self/ns/pid differs from container to container; the control holds",
		Check: func(ctx context.Context, b *lab.Bench) {
			inodes := namespaces(ctx, b)
			Expect(inodes("pid")).To(HaveLen(2), "the two containers should be in two PID namespaces")
		},
	},
}

// namespaces reads both containers' namespaces, checks the control, and returns who is in which namespace of a kind.
func namespaces(ctx context.Context, b *lab.Bench) func(kind string) map[string][]string {
	p, _, _ := pagePod(ctx, b)
	seen := map[string]map[string]string{}
	for _, c := range p.Containers() {
		seen[c.Name] = must(c.Self(ctx)).Namespaces
	}
	if b.Node != nil {
		// The node's own namespace must not be taken for a pod's.
		node := must(b.Node.Exec(ctx, "readlink", "/proc/1/ns/pid"))
		for name, ns := range seen {
			Expect(ns["pid"]+"\n").NotTo(Equal(node), "container %s should not be in the node's PID namespace", name)
		}
	}
	evidence("namespaces by container", seen)
	inodes := func(kind string) map[string][]string {
		by := map[string][]string{}
		for name, ns := range seen {
			Expect(ns[kind]).NotTo(BeEmpty(), "container %s should see /proc/self/ns/%s", name, kind)
			by[ns[kind]] = append(by[ns[kind]], name)
		}
		return by
	}
	for _, kind := range []string{"net", "ipc", "uts"} {
		Expect(inodes(kind)).To(HaveLen(1), "control: the containers of a pod are in one %s namespace", kind)
	}
	Expect(inodes("mnt")).To(HaveLen(2), "control: each container has a mount namespace of its own")
	return inodes
}
