package lab

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

func TestLostIsWhatTheRuntimeDoesNotKnow(t *testing.T) {
	g := NewWithT(t)
	ended := func(reason string, code int32) corev1.ContainerState {
		return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: reason, ExitCode: code}}
	}
	running := corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}
	g.Expect(Lost(corev1.ContainerStatus{State: ended("Unknown", 255)})).To(BeTrue())
	g.Expect(Lost(corev1.ContainerStatus{State: running, LastTerminationState: ended("ContainerStatusUnknown", 137)})).To(BeTrue())
	g.Expect(Lost(corev1.ContainerStatus{State: running, LastTerminationState: ended("Error", 255)})).To(BeFalse(), "a program may end so")
	g.Expect(Lost(corev1.ContainerStatus{State: running})).To(BeFalse())
}
