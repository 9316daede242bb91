package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters/nodes"
)

// NoUserNamespaces says why pods cannot have user namespaces of their own on somebody's cluster, by what the kubelet of each node that pods may be on says
// of its runtime; "" where one has them, or the run may not know. A kubelet refuses such pods by what it says there. A cluster of the suite's own has
// them, unless its lane says otherwise.
func (b *Bench) NoUserNamespaces(ctx context.Context) (string, error) {
	if !b.Lane.Cluster {
		return "", nil
	}
	handler, err := b.handler(ctx)
	if err == nil {
		err = b.eachNode(ctx, func(n *corev1.Node) error {
			if hasUserNamespaces(n, handler) {
				return errEnough
			}
			return nil
		})
	}
	switch {
	case errors.Is(err, errEnough), apierrors.IsForbidden(err):
		return "", nil
	case err != nil:
		return "", err
	case b.Placed != "":
		return fmt.Sprintf("node %s does not say that its runtime has user namespaces (status.runtimeHandlers)", b.Placed), nil
	}
	return "no node says that its runtime has user namespaces (status.runtimeHandlers)", nil
}

var errEnough = errors.New("seen enough nodes")

// handler is the runtime handler that the suite's pods are run by; "" is the node's own.
func (b *Bench) handler(ctx context.Context) (string, error) {
	if b.Lane.RuntimeClass == "" {
		return "", nil
	}
	list, err := b.Client.NodeV1().RuntimeClasses().List(ctx, metav1.ListOptions{FieldSelector: "metadata.name=" + b.Lane.RuntimeClass})
	if err != nil {
		return "", err
	}
	for _, c := range list.Items {
		return c.Handler, nil
	}
	return "", fmt.Errorf("the cluster has no RuntimeClass %s any more", b.Lane.RuntimeClass)
}

// eachNode looks at the nodes that pods may be on, until see returns an error.
func (b *Bench) eachNode(ctx context.Context, see func(*corev1.Node) error) error {
	asked := metav1.ListOptions{}
	if b.Placed != "" {
		asked.FieldSelector = "metadata.name=" + b.Placed
	}
	return nodes.Each(ctx, b.Client, asked, see)
}

func hasUserNamespaces(n *corev1.Node, handler string) bool {
	return slices.ContainsFunc(n.Status.RuntimeHandlers, func(h corev1.NodeRuntimeHandler) bool {
		return h.Name == handler && h.Features != nil && h.Features.UserNamespaces != nil && *h.Features.UserNamespaces
	})
}
