package up

import (
	"fmt"

	"sigs.k8s.io/kind/pkg/apis/config/v1alpha4"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
)

// A pod of one node need not reach a pod of another: no claim speaks to a pod but by its kubelet. So each node has the whole range of pods' addresses
// to itself, and there are no routes between them.

// members are the nodes that kind makes for a lane which declares several, in the lane's order: kind names the first worker CLUSTER-worker, the
// second CLUSTER-worker2. nil for a lane of one.
func members(l lane.Lane, cluster string) []clusters.Member {
	var out []clusters.Member
	for i, n := range l.All() {
		name := cluster + "-control-plane"
		switch {
		case i == 1:
			name = cluster + "-worker"
		case i > 1:
			name = fmt.Sprintf("%s-worker%d", cluster, i)
		}
		out = append(out, clusters.Member{Declared: n, Node: &clusters.Node{Name: name, Container: name}})
	}
	return out
}

// worker is the node as kind's configuration has it. A kubelet's flag wins over the configuration that kubeadm gives to all.
func worker(n lane.Node, image string) v1alpha4.Node {
	out := v1alpha4.Node{Role: v1alpha4.WorkerRole, Image: image}
	if n.Kubelet != nil {
		out.KubeadmConfigPatches = []string{fmt.Sprintf("kind: JoinConfiguration\nnodeRegistration:\n  kubeletExtraArgs:\n    feature-gates: %s=%t\n", lane.Gate, *n.Kubelet)}
	}
	return out
}
