package clusters

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters/watching"
)

// WaitUntainted waits until pods may come to the lane's node, with the control plane or without.
//
// kind takes the control plane's taint away, where that is the only node. Up to Kubernetes 1.25 it can come back: the controller that removes the taint of a node
// that was not Ready writes the whole list of taints, as it read it before (kubernetes/kubernetes#113136). So it is taken away
// again, after the controller's own taints are gone, which is the last that it writes about a node that stays Ready.
func (c *Cluster) WaitUntainted(ctx context.Context) error {
	client, err := c.Client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	nodes := client.CoreV1().Nodes()
	last := "no such node"
	err = watching.Until(ctx, nodes, c.Node.Name, &corev1.Node{}, func(node *corev1.Node) (bool, error) {
		taints := node.Spec.Taints
		last = describeTaints(taints)
		if !onlyControlPlanes(taints) {
			return len(taints) == 0, nil
		}
		node = node.DeepCopy()
		node.Spec.Taints = nil
		_, err := nodes.Update(ctx, node, metav1.UpdateOptions{})
		if apierrors.IsConflict(err) {
			err = nil // the change that was in between is seen next
		}
		return false, err
	})
	if err != nil {
		return fmt.Errorf("node %s is Ready, but takes no pods: within %s its taints did not go: %s: %w", c.Node.Name, readyWithin, last, err)
	}
	return nil
}

// onlyControlPlanes says whether there are taints, and none but those that kubeadm gives to a control plane.
func onlyControlPlanes(taints []corev1.Taint) bool {
	return len(taints) > 0 && !slices.ContainsFunc(taints, func(t corev1.Taint) bool {
		return t.Key != "node-role.kubernetes.io/master" && t.Key != "node-role.kubernetes.io/control-plane"
	})
}

func describeTaints(taints []corev1.Taint) string {
	words := make([]string, len(taints))
	for i := range taints {
		words[i] = taints[i].ToString()
	}
	return strings.Join(words, ", ")
}
