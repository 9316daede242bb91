package lab

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

func TestUnscheduled(t *testing.T) {
	g := NewWithT(t)
	waiting := &corev1.Pod{Status: corev1.PodStatus{Conditions: []corev1.PodCondition{
		{Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: "Unschedulable", Message: "0/3 nodes are available: 3 Insufficient cpu."},
	}}}
	words, yes := unscheduled(waiting)
	g.Expect(yes).To(BeTrue())
	g.Expect((&Unscheduled{Pod: "nginx", Within: time.Minute, Words: words}).Error()).
		To(Equal("no node took pod nginx within 1m0s; the scheduler says: 0/3 nodes are available: 3 Insufficient cpu."))
	_, yes = unscheduled(&corev1.Pod{})
	g.Expect(yes).To(BeTrue(), "nobody has looked at it yet")
	_, yes = unscheduled(&corev1.Pod{Spec: corev1.PodSpec{NodeName: "n"}, Status: waiting.Status})
	g.Expect(yes).To(BeFalse())
}

func TestNoRoomIsNoFaultOfTheField(t *testing.T) {
	g := NewWithT(t)
	on := func(phase corev1.PodPhase, reason string) *corev1.Pod {
		return &corev1.Pod{Spec: corev1.PodSpec{NodeName: "n"}, Status: corev1.PodStatus{Phase: phase, Reason: reason}}
	}
	for _, pod := range []*corev1.Pod{{}, on(corev1.PodFailed, "OutOfcpu"), on(corev1.PodFailed, "Evicted")} {
		g.Expect(noRoom(pod)).To(BeTrue(), "%+v", pod.Status)
	}
	for _, pod := range []*corev1.Pod{nil, on(corev1.PodPending, ""), on(corev1.PodFailed, ""), on(corev1.PodFailed, "UnexpectedAdmissionError")} {
		g.Expect(noRoom(pod)).To(BeFalse(), "%+v", pod)
	}
}
