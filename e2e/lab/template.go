package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// PodMadeFrom waits for a Ready pod with the labels of the object's template. A CronJob's first run is made due at once.
func (b *Bench) PodMadeFrom(ctx context.Context, namespace string, o Object) (*Pod, error) {
	made, err := b.PodsMadeFrom(ctx, namespace, o, 1)
	if err != nil {
		return nil, err
	}
	return made[0], nil
}

// PodsMadeFrom is PodMadeFrom for n pods.
func (b *Bench) PodsMadeFrom(ctx context.Context, namespace string, o Object, n int) ([]*Pod, error) {
	if o.GetKind() == "CronJob" {
		if err := b.makeDue(ctx, namespace, o); err != nil {
			return nil, fmt.Errorf("making a run of %s due: %w", o, err)
		}
	}
	fitted := Object{o.DeepCopy()} // as it was sent
	if err := b.fit(fitted); err != nil {
		return nil, err
	}
	sent, err := fitted.podTemplate()
	if err != nil {
		return nil, err
	}
	if len(sent.Labels) == 0 {
		return nil, fmt.Errorf("the template of %s has no labels", o)
	}
	var made []corev1.Pod
	var last *corev1.Pod
	err = poll(ctx, Timeouts.PodMade, fmt.Sprintf("%d Ready pods made from the template of %s", n, o), func() (bool, string, error) {
		list, err := b.Client.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: labels.FormatLabels(sent.Labels)})
		if err != nil {
			return false, "", notYet{err}
		}
		made = nil
		words := "no pod"
		for i := range list.Items {
			if pod := list.Items[i]; ready(&pod) {
				made = append(made, pod)
			} else {
				words, last = Describe(&pod), &pod
			}
		}
		return len(made) >= n, words, nil
	})
	if err != nil {
		if last != nil {
			err = &Unobserved{causeOfState(last), err}
		}
		return nil, err
	}
	var out []*Pod
	for i := range made[:n] {
		out = append(out, b.pod(namespace, made[i].Name, sent, &made[i]))
	}
	return out, nil
}

// podTemplate is the pod that the object carries.
func (o Object) podTemplate() (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	part, found, err := unstructured.NestedMap(o.Object, o.template()...)
	if err == nil && found {
		err = runtime.DefaultUnstructuredConverter.FromUnstructured(part, pod)
	}
	if err != nil || !found {
		return nil, fmt.Errorf("%s has no pod's template at %q: %v", o, o.template(), err)
	}
	return pod, nil
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
