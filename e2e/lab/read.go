package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
)

// ReadEveryWay reads the pod by each of the API's ways: GET, LIST, and the first event of a WATCH.
func (p *Pod) ReadEveryWay(ctx context.Context) (map[string]*corev1.Pod, error) {
	pods := p.bench.Client.CoreV1().Pods(p.Namespace)
	out := map[string]*corev1.Pod{}
	var err error
	if out["GET"], err = p.Get(ctx); err != nil {
		return nil, err
	}
	only := metav1.ListOptions{FieldSelector: fields.OneTermEqualSelector("metadata.name", p.Name).String()}
	list, err := pods.List(ctx, only)
	if err != nil {
		return nil, err
	}
	if len(list.Items) != 1 {
		return nil, fmt.Errorf("a LIST of pod %s has %d items", p.Name, len(list.Items))
	}
	out["LIST"] = &list.Items[0]

	ctx, cancel := context.WithTimeout(ctx, Timeouts.Observation)
	defer cancel()
	watch, err := pods.Watch(ctx, only) // without a version, the first event is the pod as it is
	if err != nil {
		return nil, err
	}
	defer watch.Stop()
	event, open := <-watch.ResultChan()
	pod, ok := event.Object.(*corev1.Pod)
	if !open || !ok {
		return nil, fmt.Errorf("a WATCH of pod %s did not begin with the pod within %s: %v", p.Name, Timeouts.Observation, event)
	}
	out["WATCH"] = pod
	return out, nil
}
