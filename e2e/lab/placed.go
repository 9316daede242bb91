package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Where a cluster has several nodes, each has a bench of its own. What is made on it, controls and twins too, is made for that node: by an affinity to the
// node's name, so that the scheduler still decides, and resources, taints and a cordon count.

// Spot is one node of a bench's cluster.
type Spot struct {
	Node  string         // its name in Kubernetes
	Of    *clusters.Node // how it is reached; nil on somebody's cluster
	Lane  lane.Lane      // what was declared of it
	Gate  string         // of its kubelet, as read back; "" where that is not known
	Probe string         // path of the probe program for its architecture
}

// On is the bench for one of the cluster's nodes.
func (b *Bench) On(at Spot) *Bench {
	gates := b.Gates
	if at.Gate != "" {
		gates = map[lane.Component]string{}
		maps.Copy(gates, b.Gates)
		gates[lane.Kubelet] = at.Gate
	}
	return &Bench{
		Client: b.Client, Config: b.Config, Lane: at.Lane, Expect: at.Lane.Expect, Gates: gates, RunID: b.RunID, Node: at.Of, Placed: at.Node, ByPod: b.ByPod, Probe: at.Probe,
		Images: b.Images, counter: b.counter, transport: b.transport, pullSecret: b.pullSecret, shared: map[string]*Pod{}, sharedErr: map[string]error{},
		whole: b,
	}
}

// Introduce tells the benches of a cluster's nodes of each other.
func Introduce(all []*Bench) {
	for _, b := range all {
		b.beside = all
	}
}

// sharedName is what all processes of the run call the namespace of the fixture's pod that claims only read; each node has its own.
func (b *Bench) sharedName(fixture string) string {
	name := prefixOf(b.RunID) + stem(fixture)
	if b.Placed != "" {
		sum := sha256.Sum256([]byte(b.Placed)) // a node's name may be as long as a namespace's, or longer
		name += "-" + hex.EncodeToString(sum[:4])
	}
	return name
}

// place has the pod whose spec is at path made for the bench's node.
func (b *Bench) place(o Object, path []string) error {
	if b.Placed == "" {
		return nil
	}
	term := onNode(b.Placed)
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&term)
	if err != nil {
		return err
	}
	return unstructured.SetNestedSlice(o.Object, []any{fields}, append(path, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")...)
}

// bindTo asks for a node by its name, and leaves the decision, resources included, to the scheduler.
func bindTo(spec *corev1.PodSpec, node string) {
	spec.Affinity = &corev1.Affinity{NodeAffinity: &corev1.NodeAffinity{RequiredDuringSchedulingIgnoredDuringExecution: &corev1.NodeSelector{
		NodeSelectorTerms: []corev1.NodeSelectorTerm{onNode(node)},
	}}}
}

func onNode(name string) corev1.NodeSelectorTerm {
	return corev1.NodeSelectorTerm{MatchFields: []corev1.NodeSelectorRequirement{{
		Key: metav1.ObjectNameField, Operator: corev1.NodeSelectorOpIn, Values: []string{name},
	}}}
}
