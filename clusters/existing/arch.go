package existing

import (
	"context"
	"os"
	"path"
	"runtime"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// archOf is the nodes' architecture, as Go names it: that of one of them, or, where they may not be seen, of the node that this program is on in a
// pod of the cluster, or of the API server (linux/arm64).
func archOf(ctx context.Context, client kubernetes.Interface, inPod bool, serverPlatform string) string {
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{LabelSelector: "kubernetes.io/os!=windows", Limit: 1})
	if err == nil && len(nodes.Items) > 0 {
		return nodes.Items[0].Status.NodeInfo.Architecture
	}
	if inPod {
		return runtime.GOARCH
	}
	return path.Base(serverPlatform)
}

// inPodOf says that this program is in a pod of the cluster whose API server is at host.
func inPodOf(host string) bool {
	own := os.Getenv("KUBERNETES_SERVICE_HOST") // a pod's
	return own != "" && strings.Contains(host, own)
}
