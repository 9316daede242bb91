package lab

import (
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

func TestWhichHandlersHaveUserNamespaces(t *testing.T) {
	g := NewWithT(t)
	yes, no := true, false
	handlers := []corev1.NodeRuntimeHandler{
		{Name: "", Features: &corev1.NodeRuntimeHandlerFeatures{UserNamespaces: &yes}},
		{Name: "refuses", Features: &corev1.NodeRuntimeHandlerFeatures{UserNamespaces: &no}},
		{Name: "other", Features: &corev1.NodeRuntimeHandlerFeatures{RecursiveReadOnlyMounts: &yes}},
		{Name: "silent"},
	}
	node := &corev1.Node{Status: corev1.NodeStatus{RuntimeHandlers: handlers}}
	for name, want := range map[string]bool{"": true, "refuses": false, "other": false, "silent": false, "absent": false} {
		g.Expect(hasUserNamespaces(node, name)).To(Equal(want), "handler %q", name)
	}
	g.Expect(hasUserNamespaces(&corev1.Node{}, "")).To(BeFalse(), "a node whose runtime says nothing of handlers, as containerd 1.7")
}
