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
	ns, err := b.Namespace(ctx, "own", fixture)
	if err != nil {
		return nil, err
	}
	return b.create(ctx, ns, fixture)
}

// WaitStarted watches the pod until it has come as far as is wanted; what says in words what that is. Where it does not come so
// far, a control says whose doing it is: the error is a Contradiction, or an Unobserved.
func (p *Pod) WaitStarted(ctx context.Context, what string, wanted func(*corev1.Pod) bool) error {
	last, err := p.waitUntil(ctx, Timeouts.PodReady, what, wanted)
	if err == nil {
		return nil
	}
	return p.attributeStart(ctx, what, wanted, err, last)
}

// WaitUntil watches the pod until what has been done to it has had its effect; what says in words which.
func (p *Pod) WaitUntil(ctx context.Context, within time.Duration, what string, wanted func(*corev1.Pod) bool) (*corev1.Pod, error) {
	last, err := p.waitUntil(ctx, within, what, wanted)
	if err != nil {
		return nil, &Unobserved{causeOfState(last), err}
	}
	return last, nil
}

// waitUntil returns the pod as it was seen last; nil where it was not seen at all.
func (p *Pod) waitUntil(ctx context.Context, within time.Duration, what string, wanted func(*corev1.Pod) bool) (*corev1.Pod, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	var pod *corev1.Pod
	last := "not seen yet"
	err := watching.Until(ctx, p.bench.Client.CoreV1().Pods(p.Namespace), p.Name, &corev1.Pod{}, func(seen *corev1.Pod) (bool, error) {
		pod, last = seen, Describe(seen)
		return wanted(pod), nil
	})
	if err != nil {
		return pod, fmt.Errorf("pod %s/%s: waited %s for it %s, last seen: %s: %w", p.Namespace, p.Name, within, what, last, err)
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
