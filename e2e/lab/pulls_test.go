package lab

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

func TestPulled(t *testing.T) {
	g := NewWithT(t)
	waiting := func(reason string) corev1.ContainerStatus {
		return corev1.ContainerStatus{Image: "r/x", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: "why"}}}
	}
	running := corev1.ContainerStatus{State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}}
	pod := func(of ...corev1.ContainerStatus) *corev1.Pod {
		return &corev1.Pod{
			Spec:   corev1.PodSpec{Containers: make([]corev1.Container, 2)},
			Status: corev1.PodStatus{ContainerStatuses: of},
		}
	}
	causes := map[string]string{}
	g.Expect(pulled(pod(), nil)).To(BeFalse(), "no status yet")
	g.Expect(pulled(pod(running, waiting("ContainerCreating")), causes)).To(BeFalse())
	g.Expect(pulled(pod(running, waiting(errPull)), causes)).To(BeFalse(), "it is tried again")
	g.Expect(pulled(pod(running, running), causes)).To(BeTrue())
	_, err := pulled(pod(running, waiting("ImagePullBackOff")), causes)
	g.Expect(err).To(MatchError("why"), "the cause was told before")
	for _, reason := range []string{"ImagePullBackOff", "InvalidImageName"} {
		_, err := pulled(pod(running, waiting(reason)), nil)
		g.Expect(err).To(MatchError("r/x: " + reason + " why"))
	}
}
