package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// Status is the container's status, by the kubelet.
func (c *Container) Status(ctx context.Context) (corev1.ContainerStatus, error) {
	pod, err := c.Pod.Get(ctx)
	if err != nil {
		return corev1.ContainerStatus{}, err
	}
	for _, s := range pod.Status.ContainerStatuses {
		if s.Name == c.Name {
			return s, nil
		}
	}
	return corev1.ContainerStatus{}, fmt.Errorf("the status of pod %s has no %s: %s", c.Pod.Name, c, Describe(pod))
}

// WaitRestarted waits until the kubelet has replaced the container that before describes by another one that runs.
func (c *Container) WaitRestarted(ctx context.Context, before corev1.ContainerStatus) (corev1.ContainerStatus, error) {
	var now corev1.ContainerStatus
	err := poll(ctx, Timeouts.Restart, fmt.Sprintf("%s to be restarted", c), func() (bool, string, error) {
		var err error
		now, err = c.Status(ctx)
		again := now.State.Running != nil && now.ContainerID != before.ContainerID
		return again, containerState(now), err
	})
	c.Pod.mu.Lock()
	defer c.Pod.mu.Unlock()
	delete(c.Pod.probe, c.Name) // it went with the old container's file system
	return now, err
}
