package lab

import (
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Unscheduled is the error of a pod that no node took.
type Unscheduled struct {
	Pod    string
	Within time.Duration
	Words  string // the scheduler's; "" where it said nothing
}

func (e *Unscheduled) Error() string {
	if e.Words == "" {
		return fmt.Sprintf("no node took pod %s within %s, and the scheduler says nothing of it: it may not be running", e.Pod, e.Within)
	}
	return fmt.Sprintf("no node took pod %s within %s; the scheduler says: %s", e.Pod, e.Within, e.Words)
}

// unscheduled says that no node has taken the pod so far, and what the scheduler says of that.
func unscheduled(pod *corev1.Pod) (words string, yes bool) {
	if pod.Spec.NodeName != "" {
		return "", false
	}
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodScheduled && c.Status != corev1.ConditionTrue {
			return c.Message, true
		}
	}
	return "", true
}

// noRoom says that no node has taken the pod, or that its kubelet had too little left for it (OutOfcpu, OutOfpods) or took it off again.
func noRoom(pod *corev1.Pod) bool {
	if pod == nil {
		return false
	}
	_, yes := unscheduled(pod)
	return yes || pod.Status.Phase == corev1.PodFailed && (strings.HasPrefix(pod.Status.Reason, "OutOf") || pod.Status.Reason == "Evicted")
}
