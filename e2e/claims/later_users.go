package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const usersManifest = "user-namespace-shares.yaml"

var userNamespaceShares = claim.Claim{
	ID:       "user-namespace-shares",
	Title:    "sharing holds in a pod that has a user namespace of its own, /proc/$pid/root in it included",
	Promise:  claim.Promise{From: "API, PodSpec.hostUsers and shareProcessNamespace", Text: "Use the host's user namespace. When set to false, a new userns is created for the pod; Share a single process namespace between all of the containers in a pod"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{usersManifest},
	Where:    claim.Since("v1.36.0"),
	Shared: claim.Side{
		Observe: "the pod's containers are in one user namespace, which is not the node's (uid_map is recorded), and in one process namespace; a file that one makes is read by the other through /proc/PID/root, and is not in that one's own; what becomes of /proc/1/root, the sandbox's, is recorded. " +
			"In the same pod without the field they are in one user namespace, too, and neither sees the other. Somebody's cluster of which no node says that its runtime has user namespaces has nothing to observe",
		Check: func(ctx context.Context, b *lab.Bench) {
			if why := must(b.NoUserNamespaces(ctx)); why != "" {
				inapplicable(why)
			}
			apart := must(b.NewPodApart(ctx, usersManifest))
			ownUsers(ctx, apart, Control)
			for _, c := range apart.Containers() {
				seesItselfAlone(ctx, c, "the pod that does not share")
			}

			p := must(b.NewPod(ctx, usersManifest))
			ownUsers(ctx, p, Expect)
			for _, c := range p.Containers() {
				seesAll(ctx, c, "the pod that shares")
				_, refused, err := c.Link(ctx, "/proc/1/root")
				done(err)
				evidence("/proc/1/root, the sandbox's, from "+c.Name, orReadable(refused))
			}
			a, z := p.Container("a"), p.Container("b")
			fileThroughRoot(ctx, a, z)
			fileThroughRoot(ctx, z, a)
		},
	},
	Isolated: cannotIsolate,
}

// nodesUsers is uid_map in the node's user namespace.
const nodesUsers = "0 0 4294967295"

// ownUsers expects the pod's containers to be in one user namespace, which is not the node's. Without sharing it is a control.
func ownUsers(ctx context.Context, p *lab.Pod, expect func(any, ...any) Assertion) {
	ginkgo.GinkgoHelper()
	first := ""
	for _, c := range p.Containers() {
		namespace, uids := must(c.Self(ctx)).Namespaces["user"], words(must(c.Read(ctx, "/proc/self/uid_map")).Text)
		evidence("uid_map in "+c.Name+" of pod "+p.Name, uids)
		expect(uids).NotTo(Equal(nodesUsers), "%s should not be in the node's user namespace", c)
		if first == "" {
			first = namespace
		}
		expect(namespace).To(Equal(first), "%s should be in the user namespace of the pod's first container", c)
	}
}

// fileThroughRoot has one container read, through the root of the other's own process, a file that the other makes.
func fileThroughRoot(ctx context.Context, viewer, host *lab.Container) {
	ginkgo.GinkgoHelper()
	path, word := "/tmp/"+lab.Word(), lab.Word()
	done(host.Write(ctx, path, word))
	sameFile(ctx, viewer, rootOf(must(host.Announced(ctx)).PID)+path, word, "a file made in "+host.Name+" should be seen through the root of its process")
	absent(ctx, viewer, path, "the file is in "+host.Name+"'s file system, not in "+viewer.Name+"'s own")
}

// orReadable is an error's name, or that there was none.
func orReadable(errName string) string {
	if errName == "" {
		return "can be read"
	}
	return errName
}
