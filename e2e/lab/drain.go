package lab

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"

	"github.com/gateproof/gateproof/clusters/lane"
)

// Unlike is the bench of another node of the cluster, of which something else is expected than of this one; nil where there is none.
func (b *Bench) Unlike() *Bench {
	i := slices.IndexFunc(b.beside, func(o *Bench) bool {
		return o.Expect.Processes != b.Expect.Processes && o.Gates[lane.Kubelet] != b.Gates[lane.Kubelet]
	})
	if i < 0 {
		return nil
	}
	return b.beside[i]
}

// Mover is a pod that a ReplicaSet makes anew, on one of two nodes.
type Mover struct {
	home, other *Bench
	namespace   string
	set         Object
}

// NewMover has a ReplicaSet make one pod like the fixture's, which may be on this bench's node or the other's and comes up on this one.
func (b *Bench) NewMover(ctx context.Context, fixture string, other *Bench) (*Mover, *Pod, error) {
	if err := b.declares(fixture); err != nil {
		return nil, nil, err
	}
	var err error
	m := &Mover{home: b, other: other}
	m.set, err = replicaSetOf(fixture, 1, func(spec *corev1.PodSpec) {
		bindTo(spec, b.Placed)
		spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms = []corev1.NodeSelectorTerm{onNode(b.Placed), onNode(other.Placed)}
	})
	if err != nil {
		return nil, nil, err
	}
	if m.namespace, err = b.Namespace(ctx, "moved", fixture); err != nil {
		return nil, nil, err
	}
	if err := m.kubectl(ctx, "cordon", other.Placed); err != nil {
		return m, nil, err
	}
	if _, err := b.whole.Create(ctx, m.namespace, m.set); err != nil {
		return m, nil, fmt.Errorf("creating %s: %w", m.set, err)
	}
	p, err := m.on(ctx, b)
	return m, p, err
}

// Drain drains the pod from its node and returns its successor, which runs on the node of the bench to.
func (m *Mover) Drain(ctx context.Context, to *Bench) (*Pod, error) {
	from := m.home
	if to == m.home {
		from = m.other
	}
	if err := m.kubectl(ctx, "uncordon", to.Placed); err != nil {
		return nil, err
	}
	// Nobody else's pods: what they need is not the claim's matter.
	if err := m.kubectl(ctx, "drain", from.Placed, "--pod-selector="+replicaLabel+"="+m.set.GetName(), "--ignore-daemonsets", "--grace-period=1", "--timeout=60s"); err != nil {
		return nil, err
	}
	return m.on(ctx, to)
}

// Uncordon leaves both nodes as they were.
func (m *Mover) Uncordon(ctx context.Context) error {
	return m.kubectl(ctx, "uncordon", m.home.Placed, m.other.Placed)
}

// on waits for the pod, which is to be on a node.
func (m *Mover) on(ctx context.Context, b *Bench) (*Pod, error) {
	if err := m.alone(ctx, b); err != nil {
		return nil, err
	}
	p, err := m.home.whole.PodMadeFrom(ctx, m.namespace, m.set)
	if err == nil {
		m.home.use(p) // the claim under way is this bench's
	}
	return p, err
}

// alone waits until each of the pods is on the bench's node.
func (m *Mover) alone(ctx context.Context, b *Bench) error {
	return poll(ctx, Timeouts.PodMade, "all pods of "+m.set.String()+" to be on node "+b.Placed, func() (bool, string, error) {
		list, err := b.Client.CoreV1().Pods(m.namespace).List(ctx, metav1.ListOptions{FieldSelector: fields.OneTermNotEqualSelector("spec.nodeName", b.Placed).String()})
		if err != nil {
			return false, "", notYet{err}
		}
		return len(list.Items) == 0, fmt.Sprintf("%d are elsewhere", len(list.Items)), nil
	})
}

// kubectl has the control plane's own administrator do it: the suite's account may not touch nodes.
func (m *Mover) kubectl(ctx context.Context, args ...string) error {
	_, err := m.home.Node.Exec(ctx, append([]string{"kubectl", "--kubeconfig=/etc/kubernetes/admin.conf"}, args...)...)
	return err
}
