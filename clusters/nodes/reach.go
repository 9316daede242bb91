package nodes

import (
	"cmp"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Unreached is why no pod comes to a node.
type Unreached struct {
	Why string `json:"why"` // in words that begin with one: cordoned, tainted, NotReady, going
	// Closed says that the cluster's administrators keep pods away: nobody expects any there.
	Closed bool `json:"closed,omitempty"`
}

// unreached says why pods without tolerations cannot come to the node; nil where they can.
func unreached(n corev1.Node) *Unreached {
	if n.DeletionTimestamp != nil {
		return &Unreached{Why: "going: it is being deleted"}
	}
	if why := notReady(n); why != "" {
		return &Unreached{Why: why}
	}
	if n.Spec.Unschedulable {
		return &Unreached{Why: "cordoned", Closed: true}
	}
	for _, t := range n.Spec.Taints {
		if t.Effect == corev1.TaintEffectPreferNoSchedule {
			continue
		}
		// Kubernetes' own taints are a state of the node (no disk left, no network yet), others somebody's will.
		closed := !strings.HasPrefix(t.Key, "node.kubernetes.io/") && !strings.HasPrefix(t.Key, "node.cloudprovider.kubernetes.io/")
		return &Unreached{Why: "tainted: " + t.ToString(), Closed: closed}
	}
	return nil
}

// notReady is in words why a node is not Ready; "" where it is.
func notReady(n corev1.Node) string {
	for _, c := range n.Status.Conditions {
		if c.Type != corev1.NodeReady {
			continue
		}
		if c.Status == corev1.ConditionTrue {
			return ""
		}
		return fmt.Sprintf("NotReady: %s", cmp.Or(c.Message, c.Reason, "its kubelet does not say why"))
	}
	return "NotReady: its kubelet has not said anything yet"
}

// out says why a node is none of the suite's at all; "" where it is.
func out(n corev1.Node, of Selectors) string {
	if n.Status.NodeInfo.OperatingSystem == "windows" || n.Labels[corev1.LabelOSStable] == "windows" {
		return "it runs Windows, which has no process namespaces"
	}
	if selector, asked := of.Classes[of.RuntimeClass]; asked && len(selector) > 0 && !matches(selector, n) {
		return fmt.Sprintf("RuntimeClass %s does not select it", of.RuntimeClass)
	}
	return ""
}
