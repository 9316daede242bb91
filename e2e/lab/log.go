package lab

import (
	"context"

	corev1 "k8s.io/api/core/v1"
)

// Log is what the container has printed.
func (c *Container) Log(ctx context.Context) (string, error) {
	out, err := c.Pod.bench.Client.CoreV1().Pods(c.Pod.Namespace).GetLogs(c.Pod.Name, &corev1.PodLogOptions{Container: c.Name}).DoRaw(ctx)
	return string(out), err
}
