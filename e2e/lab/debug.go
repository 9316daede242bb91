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
	first := pod.Spec.Containers[0]
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
	return p.Container(name), err
}
