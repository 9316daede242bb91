package existing

import (
	"context"
	"path"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// archOf is the nodes' architecture, as Go names it: that of one of them, or of the API server (linux/arm64) where they may not be seen.
func archOf(ctx context.Context, client kubernetes.Interface, serverPlatform string) string {
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{LabelSelector: "kubernetes.io/os!=windows", Limit: 1})
	if err == nil && len(nodes.Items) > 0 {
		return nodes.Items[0].Status.NodeInfo.Architecture
	}
	return path.Base(serverPlatform)
}
