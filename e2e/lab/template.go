package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
)

// PodMadeFrom waits for a Ready pod with the labels of the object's template. A CronJob's first run is made due at once.
func (b *Bench) PodMadeFrom(ctx context.Context, namespace string, o Object) (*Pod, error) {
	if o.GetKind() == "CronJob" {
		if err := b.makeDue(ctx, namespace, o); err != nil {
			return nil, fmt.Errorf("making a run of %s due: %w", o, err)
		}
	}
	marks, found, err := unstructured.NestedStringMap(o.Object, append(o.template(), "metadata", "labels")...)
	if err != nil || !found {
		return nil, fmt.Errorf("the template of %s has no labels: %v", o, err)
	}
	var made *Pod
	err = poll(ctx, Timeouts.PodMade, "a Ready pod made from the template of "+o.String(), func() (bool, string, error) {
		list, err := b.Client.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: labels.FormatLabels(marks)})
		if err != nil {
			return false, "", err
		}
		last := "no pod"
		for i := range list.Items {
			pod := &list.Items[i]
			if ready(pod) {
				made = &Pod{Namespace: namespace, Name: pod.Name, Created: pod, bench: b, probe: map[string]bool{}}
				return true, "", nil
			}
			last = Describe(pod)
		}
		return false, last, nil
	})
	return made, err
}

// makeDue makes the CronJob's controller start a run at its next look: by the status the last one is longer ago than
// the schedule (every minute) allows.
func (b *Bench) makeDue(ctx context.Context, namespace string, o Object) error {
	_, client, err := b.served(ctx, namespace, o)
	if err != nil {
		return err
	}
	patch, err := json.Marshal(map[string]any{"status": map[string]any{
		"lastScheduleTime": time.Now().Add(-90 * time.Second).UTC().Format(time.RFC3339),
	}})
	if err != nil {
		return err
	}
	_, err = client.Patch(ctx, o.GetName(), types.MergePatchType, patch, metav1.PatchOptions{}, "status")
	return err
}
