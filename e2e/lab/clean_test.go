package lab

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestWhatKeepsNamespacesIsSaidOnce(t *testing.T) {
	g := NewWithT(t)
	namespace := func(name string, conditions ...corev1.NamespaceCondition) corev1.Namespace {
		return corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}, Status: corev1.NamespaceStatus{Conditions: conditions}}
	}
	dead := corev1.NamespaceCondition{Type: corev1.NamespaceDeletionDiscoveryFailure, Status: corev1.ConditionTrue, Message: "metrics.k8s.io/v1beta1 does not answer"}
	remaining := corev1.NamespaceCondition{Type: corev1.NamespaceContentRemaining, Status: corev1.ConditionTrue, Message: "pods. has 2"}
	fine := corev1.NamespaceCondition{Type: corev1.NamespaceDeletionContentFailure, Status: corev1.ConditionFalse, Message: "all deleted"}

	g.Expect(obstacles(namespace("a", remaining, fine))).To(BeEmpty(), "it only takes its time")
	g.Expect(describeLeft([]corev1.Namespace{namespace("a", dead), namespace("b", dead, remaining)})).
		To(Equal("2 left (a, b); NamespaceDeletionDiscoveryFailure: metrics.k8s.io/v1beta1 does not answer"))
	g.Expect(describeLeft(nil)).To(Equal("0 left"))
}
