package lab

import (
	"context"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// OwnKernel says that the suite's pods run on a kernel of their own, as gVisor's and Kata's do, so that neither their node nor they see each other's processes; ""
// where it is the node's, or the run may not know. The container is one of them: they are alike, and one is asked.
func (c *Container) OwnKernel(ctx context.Context) (string, error) {
	b := c.Pod.bench
	b.kernelMu.Lock()
	defer b.kernelMu.Unlock()
	if b.kernelAsked {
		return b.ownKernel, nil
	}
	inside, err := c.Read(ctx, procVersion)
	if err == nil && inside.Err != "" {
		err = fmt.Errorf("reading %s in %s: %s", procVersion, c, inside.Err)
	}
	if err != nil {
		return "", err
	}
	node, err := c.Pod.nodesKernel(ctx)
	if err != nil {
		return "", err
	}
	b.kernelAsked, b.ownKernel = true, otherKernel(inside.Text, node)
	return b.ownKernel, nil
}

const procVersion = "/proc/version"

// nodesKernel is the release of the kernel of the pod's node, by its status or by a look; "" where the run may do neither.
func (p *Pod) nodesKernel(ctx context.Context) (string, error) {
	now, err := p.Get(ctx)
	if err != nil {
		return "", err
	}
	list, err := p.bench.Client.CoreV1().Nodes().List(ctx, metav1.ListOptions{FieldSelector: "metadata.name=" + now.Spec.NodeName})
	switch {
	case err == nil && len(list.Items) == 1:
		return list.Items[0].Status.NodeInfo.KernelVersion, nil
	case err != nil && !apierrors.IsForbidden(err):
		return "", err
	case p.bench.OutOfSight(ctx) != "":
		return "", nil
	}
	return p.bench.OnNode(ctx, "the release of the node's kernel (uname)", "uname", "-r")
}

// otherKernel compares what /proc/version says in a pod with the release of its node's kernel; "" where they are one, or one is not known.
func otherKernel(version, node string) string {
	node = strings.TrimSpace(node)
	words := strings.Fields(version)
	if len(words) < 3 || node == "" || words[2] == node {
		return ""
	}
	return fmt.Sprintf("the pods' kernel is their own (%s), and their node's another (%s): neither sees the other's processes", strings.Join(words[:3], " "), node)
}
