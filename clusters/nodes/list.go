package nodes

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/pager"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// PlacedSince is the first release whose scheduler reads an affinity to a node's name: matchFields (kubernetes/kubernetes#62002). Older API servers drop
// it, and what is left of the affinity fits no node.
const PlacedSince = "v1.11.0"

// Take asks the cluster, of that release, for its nodes, and makes the plan. Where they cannot be listed it says so, and chooses none: that is an
// input.Err where somebody has asked for certain ones, or for all. version is the API server's.
func Take(ctx context.Context, client kubernetes.Interface, version string, c Choice, runtimeClass string) (Plan, error) {
	if c.Asked == Any {
		return Plan{Asked: Any}, nil
	}
	if !kubeversion.AtLeast(version, PlacedSince) {
		return unknown(c, "schedulers before "+PlacedSince+" know no affinity to a node's name")
	}
	list, err := all(ctx, client)
	if apierrors.IsForbidden(err) {
		return unknown(c, "this run may not list nodes")
	}
	if err != nil {
		return unknown(c, "they cannot be listed: "+err.Error())
	}
	return Choose(c, list, Selectors{Classes: selecting(ctx, client), RuntimeClass: runtimeClass})
}

// unknown is the plan where nodes cannot be told apart.
func unknown(c Choice, why string) (Plan, error) {
	if c.Asked != EachKind {
		return Plan{}, input.Errorf("%s=%s: %s", input.Name("NODES"), c.Asked, why)
	}
	return Plan{Asked: c.Asked, Unknown: why}, nil
}

// all are the cluster's nodes, without what is most of one and of no use here. Page by page, no more of them is held at once.
func all(ctx context.Context, client kubernetes.Interface) (out []corev1.Node, err error) {
	err = Each(ctx, client, metav1.ListOptions{}, func(seen *corev1.Node) error {
		n := *seen
		n.ManagedFields, n.Annotations, n.Status.Images = nil, nil, nil
		out = append(out, n)
		return nil
	})
	return out, err
}

// Each looks at the nodes that are asked for, page by page, until see returns an error, which is then the answer.
func Each(ctx context.Context, client kubernetes.Interface, asked metav1.ListOptions, see func(*corev1.Node) error) error {
	pages := pager.New(func(ctx context.Context, o metav1.ListOptions) (runtime.Object, error) {
		return client.CoreV1().Nodes().List(ctx, o)
	})
	return pages.EachListItem(ctx, asked, func(o runtime.Object) error { return see(o.(*corev1.Node)) })
}

// selecting are the RuntimeClasses that select nodes. A cluster without RuntimeClasses, or one that does not show them, has none that tell nodes apart.
func selecting(ctx context.Context, client kubernetes.Interface) Classes {
	out := Classes{}
	list, err := client.NodeV1().RuntimeClasses().List(ctx, metav1.ListOptions{})
	if err != nil {
		return out
	}
	for _, c := range list.Items {
		if c.Scheduling != nil && len(c.Scheduling.NodeSelector) > 0 {
			out[c.Name] = c.Scheduling.NodeSelector
		}
	}
	return out
}
