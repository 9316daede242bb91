package lab

import (
	"testing"

	. "github.com/onsi/gomega"

	corev1 "k8s.io/api/core/v1"
)

func pod(ready corev1.ConditionStatus) *corev1.Pod {
	return &corev1.Pod{Status: corev1.PodStatus{
		Phase: corev1.PodPending,
		Conditions: []corev1.PodCondition{
			{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, Message: "not told: nothing is amiss"},
			{Type: corev1.PodReady, Status: ready, Message: "containers with unready status: [a b]"},
		},
		InitContainerStatuses: []corev1.ContainerStatus{{
			Name: "init", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Error", ExitCode: 3, Message: "why"}},
		}},
		ContainerStatuses: []corev1.ContainerStatus{
			{Name: "a", RestartCount: 2, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}},
			{Name: "b", State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ErrImagePull", Message: "no such image"}}},
			{Name: "c"},
		},
	}}
}

func TestDescribe(t *testing.T) {
	NewWithT(t).Expect(Describe(pod(corev1.ConditionFalse))).To(Equal("phase Pending; " +
		"Ready=False: containers with unready status: [a b]; init init terminated: Error, exit code 3 why; " +
		"a running (restarts: 2); b waiting: ErrImagePull no such image; c unknown"))
}

func TestReady(t *testing.T) {
	g := NewWithT(t)
	g.Expect(ready(pod(corev1.ConditionTrue))).To(BeTrue())
	g.Expect(ready(pod(corev1.ConditionFalse))).To(BeFalse())
	g.Expect(ready(pod(corev1.ConditionUnknown))).To(BeFalse())
	g.Expect(ready(&corev1.Pod{})).To(BeFalse())
}

func TestStatus(t *testing.T) {
	g := NewWithT(t)
	p := pod(corev1.ConditionTrue)
	g.Expect(Status(p, "init").State.Terminated.ExitCode).To(BeEquivalentTo(3))
	g.Expect(Status(p, "a").RestartCount).To(BeEquivalentTo(2))
	g.Expect(Status(p, "none")).To(Equal(corev1.ContainerStatus{}))
}

func TestStem(t *testing.T) {
	g := NewWithT(t)
	g.Expect(stem("visible-to-all.yaml")).To(Equal("visible-to-all"))
	g.Expect(stem("images/x.y.yaml")).To(Equal("x.y"))
}

func TestGivenUp(t *testing.T) {
	g := NewWithT(t)
	ended := func(policy corev1.RestartPolicy, reason string) *corev1.Pod {
		return &corev1.Pod{
			Spec: corev1.PodSpec{RestartPolicy: policy},
			Status: corev1.PodStatus{ContainerStatuses: []corev1.ContainerStatus{
				{Name: "a", State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}},
				{Name: "b", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: reason, Message: "unable to freeze"}}},
			}},
		}
	}
	g.Expect(GivenUp(ended(corev1.RestartPolicyNever, "StartError"))).To(Equal("b: StartError, unable to freeze"))
	g.Expect(GivenUp(ended(corev1.RestartPolicyNever, "Error"))).To(BeEmpty(), "it ran")
	g.Expect(GivenUp(ended(corev1.RestartPolicyAlways, "StartError"))).To(BeEmpty(), "it is tried again")
	own := ended(corev1.RestartPolicyAlways, "StartError")
	never := corev1.ContainerRestartPolicyNever
	own.Spec.Containers = []corev1.Container{{Name: "b", RestartPolicy: &never}}
	g.Expect(GivenUp(own)).NotTo(BeEmpty(), "its own policy is another one")
}
