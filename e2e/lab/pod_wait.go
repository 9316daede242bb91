package lab

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/clusters/watching"
)

// StartPod creates the fixture's pod, unmodified, in a namespace of its own and does not wait for it.
func (b *Bench) StartPod(ctx context.Context, fixture string) (*Pod, error) {
	ns, err := b.Namespace(ctx, "", "own")
	if err != nil {
		return nil, err
	}
	return b.create(ctx, ns, fixture)
}

// WaitUntil watches the pod until it is as wanted; what says in words what that is.
func (p *Pod) WaitUntil(ctx context.Context, within time.Duration, what string, wanted func(*corev1.Pod) bool) (*corev1.Pod, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	var pod *corev1.Pod
	last := "not seen yet"
	err := watching.Until(ctx, p.bench.Client.CoreV1().Pods(p.Namespace), p.Name, &corev1.Pod{}, func(seen *corev1.Pod) (bool, error) {
		pod, last = seen, Describe(seen)
		return wanted(pod), nil
	})
	if err != nil {
		return nil, fmt.Errorf("pod %s/%s: waited %s for %s, last seen: %s: %w", p.Namespace, p.Name, within, what, last, err)
	}
	return pod, nil
}

// Status is a container's, of whichever kind, part of a pod's status; an empty one where there is none yet.
func Status(pod *corev1.Pod, container string) corev1.ContainerStatus {
	for _, list := range [][]corev1.ContainerStatus{pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses, pod.Status.EphemeralContainerStatuses} {
		for _, s := range list {
			if s.Name == container {
				return s
			}
		}
	}
	return corev1.ContainerStatus{}
}
