package lab

import (
	"fmt"
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

func ready(pod *corev1.Pod) bool {
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodReady {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}

// Describe puts a pod's state in one line.
func Describe(pod *corev1.Pod) string {
	words := []string{"phase " + string(pod.Status.Phase)}
	if pod.Status.Reason != "" { // the kubelet's, of a pod that it rejected or took off the node
		words = append(words, pod.Status.Reason+": "+pod.Status.Message)
	}
	for _, c := range pod.Status.Conditions {
		if c.Status != corev1.ConditionTrue && c.Message != "" {
			words = append(words, fmt.Sprintf("%s=%s: %s", c.Type, c.Status, c.Message))
		}
	}
	for _, c := range pod.Status.InitContainerStatuses {
		words = append(words, "init "+c.Name+" "+containerState(c))
	}
	for _, c := range pod.Status.ContainerStatuses {
		words = append(words, c.Name+" "+containerState(c))
	}
	for _, c := range pod.Status.EphemeralContainerStatuses {
		words = append(words, "ephemeral "+c.Name+" "+containerState(c))
	}
	return strings.Join(words, "; ")
}

func containerState(c corev1.ContainerStatus) string {
	switch s := c.State; {
	case s.Running != nil:
		return fmt.Sprintf("running (restarts: %d)", c.RestartCount)
	case s.Terminated != nil:
		return fmt.Sprintf("terminated: %s, exit code %d %s", s.Terminated.Reason, s.Terminated.ExitCode, s.Terminated.Message)
	case s.Waiting != nil:
		return fmt.Sprintf("waiting: %s %s", s.Waiting.Reason, s.Waiting.Message)
	}
	return "unknown"
}
