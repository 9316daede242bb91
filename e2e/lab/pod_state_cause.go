package lab

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/reports"
)

// imageReasons are the kubelet's words for an image that it does not get.
var imageReasons = []string{errPull, "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"}

// GivenUp is what the runtime said of a container that it could not start, and that is not to be tried again; "" where there is none. Where a container that
// shares is never started, claims tell on pods that do have it tried again.
func GivenUp(pod *corev1.Pod) string {
	for _, s := range pod.Status.ContainerStatuses {
		end := s.State.Terminated
		if end != nil && slices.Contains(notStarted, end.Reason) && !triedAgain(pod, s.Name) {
			return s.Name + ": " + end.Reason + ", " + end.Message
		}
	}
	return ""
}

// triedAgain says that the pod has a container started again whatever it ended with; the container's own policy comes before the pod's.
func triedAgain(pod *corev1.Pod, container string) bool {
	for _, c := range pod.Spec.Containers {
		if c.Name == container && c.RestartPolicy != nil {
			return *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
		}
	}
	return pod.Spec.RestartPolicy != corev1.RestartPolicyNever
}

// notStarted are the kubelet's words for a container that its runtime did not start; the second is dockershim's.
var notStarted = []string{"StartError", "ContainerCannotRun"}

// causeOfState is why a pod as it was seen last did not come up, as far as its status tells.
func causeOfState(pod *corev1.Pod) reports.Cause {
	if pod == nil {
		return reports.CauseAPIServer
	}
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse {
			return reports.CauseUnschedulable
		}
	}
	if pod.Status.Phase == corev1.PodFailed && pod.Status.Reason != "" { // the kubelet rejected it (OutOfpods), or took it off the node (Evicted)
		return reports.CauseUnschedulable
	}
	for _, s := range slices.Concat(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses) {
		if s.State.Waiting != nil && slices.Contains(imageReasons, s.State.Waiting.Reason) {
			return reports.CauseImage
		}
	}
	return reports.CauseTime
}
