package clusters

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestOnlyTheControlPlanesTaintIsTakenAwayAndWhenNoOtherIsLeft(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want bool
	}{
		{nil, false},
		{[]string{"node-role.kubernetes.io/master"}, true},
		{[]string{"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"}, true},
		{[]string{"node.kubernetes.io/not-ready"}, false},
		{[]string{"node-role.kubernetes.io/master", "node.kubernetes.io/not-ready"}, false}, // the controller has yet to write
	} {
		var taints []corev1.Taint
		for _, key := range c.keys {
			taints = append(taints, corev1.Taint{Key: key, Effect: corev1.TaintEffectNoSchedule})
		}
		if got := onlyControlPlanes(taints); got != c.want {
			t.Errorf("onlyControlPlanes(%s) = %t, want %t", describeTaints(taints), got, c.want)
		}
	}
}
