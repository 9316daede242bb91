package lab

import (
	"context"
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// ResizeMemory gives the container another request and limit of memory, a quantity, by the pod's subresource for that. What becomes of it is for the
// caller to see.
func (c *Container) ResizeMemory(ctx context.Context, memory string) error {
	of := map[string]any{"memory": memory}
	patch, err := json.Marshal(map[string]any{"spec": map[string]any{
		"containers": []any{map[string]any{"name": c.Name, "resources": map[string]any{"requests": of, "limits": of}}},
	}})
	if err != nil {
		return err
	}
	_, err = c.Pod.bench.Client.CoreV1().Pods(c.Pod.Namespace).Patch(ctx, c.Pod.Name, types.StrategicMergePatchType, patch, metav1.PatchOptions{}, "resize")
	return err
}

// PutOff says in the kubelet's words why a pod's new size has to wait, or cannot be had: too little room, or a node that resizes none. "" where it does not.
func PutOff(pod *corev1.Pod) string {
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodResizePending && c.Status == corev1.ConditionTrue {
			return c.Reason + ": " + c.Message
		}
	}
	return ""
}
