package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Debug adds an ephemeral container to the running pod, as kubectl debug does, and waits until it runs. It has image and
// command of the pod's first container. target is the container that it asks for the process namespace of; "" for none.
func (p *Pod) Debug(ctx context.Context, name, target string) (*Container, error) {
	pod, err := p.Get(ctx)
	if err != nil {
		return nil, err
	}
	first := p.sent.Spec.Containers[0]
	pod.Spec.EphemeralContainers = append(pod.Spec.EphemeralContainers, corev1.EphemeralContainer{
		EphemeralContainerCommon: corev1.EphemeralContainerCommon{Name: name, Image: first.Image, Command: first.Command},
		TargetContainerName:      target,
	})
	if _, err := p.bench.Client.CoreV1().Pods(p.Namespace).UpdateEphemeralContainers(ctx, p.Name, pod, metav1.UpdateOptions{}); err != nil {
		return nil, fmt.Errorf("adding ephemeral container %s to pod %s: %w", name, p.Name, err)
	}
	_, err = p.WaitUntil(ctx, Timeouts.PodReady, "its ephemeral container "+name+" to run", func(pod *corev1.Pod) bool {
		return Status(pod, name).State.Running != nil
	})
	if err != nil {
		return nil, p.attributeDebug(ctx, name, err)
	}
	return p.Container(name), nil
}

// attributeDebug says whose doing it is that an ephemeral container does not run: it is tried in the pod's twin.
func (p *Pod) attributeDebug(ctx context.Context, name string, failed error) error {
	if !asksToShare(p.sent) || ctx.Err() != nil {
		return failed
	}
	now, err := p.Get(ctx)
	if err != nil {
		return failed
	}
	twin, err := p.startedTwin(ctx, now, "to be Ready", ready)
	if err == nil {
		_, err = twin.Debug(ctx, name, "")
	}
	if err != nil {
		return failed
	}
	return &Contradiction{fmt.Errorf("an ephemeral container runs in the same pod without the field, and not here: %w", failed)}
}
