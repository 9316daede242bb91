package lab

import (
	"cmp"
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// DebuggerName is what a copy's additional container is called.
const DebuggerName = "debugger"

// DebugCopy makes a copy of the pod, beside it, with a container more, as kubectl debug --copy-to does: without labels, not bound to a node, and sharing process
// namespaces where the pod, as the API server has it, says nothing of it (k8s.io/kubectl/pkg/cmd/debug, each profile but legacy). share is --share-processes; nil where
// that is not given. The container has image and command of the pod's first one. What admission has added to the pod is left out: it adds it again.
func (p *Pod) DebugCopy(ctx context.Context, name string, share *bool) (*Pod, error) {
	of, err := p.Get(ctx)
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: *p.sent.Spec.DeepCopy()}
	pod.Spec.ShareProcessNamespace = cmp.Or(share, of.Spec.ShareProcessNamespace, new(true))
	first := p.sent.Spec.Containers[0]
	pod.Spec.Containers = append(pod.Spec.Containers, corev1.Container{Name: DebuggerName, Image: first.Image, Command: first.Command})
	c := p.bench.pod(p.Namespace, name, pod, nil)
	if c.Created, err = p.bench.Client.CoreV1().Pods(p.Namespace).Create(ctx, pod, metav1.CreateOptions{}); err != nil {
		return nil, fmt.Errorf("creating a copy of pod %s: %w", p.Name, c.attributeRefusal(ctx, err))
	}
	return c, nil
}
