package lab

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/reports"
)

// imageReasons are the kubelet's words for an image that it does not get.
var imageReasons = []string{errPull, "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"}

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
