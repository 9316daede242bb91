package lab

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
	watchtools "k8s.io/client-go/tools/watch"
)

// Deletion is how a pod went.
type Deletion struct {
	Asked time.Time     // when the deletion was asked for
	Took  time.Duration // until the API server said that the pod is gone
	Last  *corev1.Pod   // its last state
}

// Grace is the pod's own grace period.
func (p *Pod) Grace() time.Duration {
	return time.Duration(*p.Created.Spec.TerminationGracePeriodSeconds) * time.Second
}

// Delete deletes the pod as anyone would, with its own grace period, and watches it until it is gone.
func (p *Pod) Delete(ctx context.Context) (Deletion, error) {
	within := p.Grace() + Timeouts.PodGone
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	d := Deletion{Last: p.Created}
	_, err := watchtools.UntilWithSync(ctx, p.listWatch(), &corev1.Pod{}, nil, func(e watch.Event) (bool, error) {
		pod, ok := e.Object.(*corev1.Pod)
		if !ok {
			return false, nil
		}
		d.Last = pod
		if d.Asked.IsZero() { // watched from here on: nothing is missed
			d.Asked = time.Now()
			return false, p.bench.Client.CoreV1().Pods(p.Namespace).Delete(ctx, p.Name, metav1.DeleteOptions{})
		}
		d.Took = time.Since(d.Asked)
		return e.Type == watch.Deleted, nil
	})
	if err != nil {
		return d, fmt.Errorf("pod %s/%s was not gone within %s of its deletion (its grace period is %s), last seen: %s: %w",
			p.Namespace, p.Name, within, p.Grace(), Describe(d.Last), err)
	}
	return d, nil
}

// Finished is what the last state says of how a container ended; nil where it says nothing.
func (d Deletion) Finished(name string) *corev1.ContainerStateTerminated {
	for _, s := range d.Last.Status.ContainerStatuses {
		if s.Name == name {
			return s.State.Terminated
		}
	}
	return nil
}
