package lab

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/watch"
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
	now, err := p.Get(ctx)
	if err != nil {
		return Deletion{}, err
	}
	pods := p.bench.Client.CoreV1().Pods(p.Namespace)
	changes, err := pods.Watch(ctx, metav1.ListOptions{
		FieldSelector:   fields.OneTermEqualSelector("metadata.name", p.Name).String(),
		ResourceVersion: now.ResourceVersion,
	})
	if err != nil {
		return Deletion{}, fmt.Errorf("watching pod %s/%s: %w", p.Namespace, p.Name, err)
	}
	defer changes.Stop()
	d := Deletion{Asked: time.Now(), Last: now}
	if err := pods.Delete(ctx, p.Name, metav1.DeleteOptions{}); err != nil {
		return d, err
	}
	for {
		select {
		case <-ctx.Done():
			return d, fmt.Errorf("pod %s/%s was not gone within %s of its deletion (its grace period is %s), last seen: %s: %w",
				p.Namespace, p.Name, within, p.Grace(), Describe(d.Last), context.Cause(ctx))
		case e := <-changes.ResultChan():
			pod, ok := e.Object.(*corev1.Pod)
			if !ok {
				return d, fmt.Errorf("the watch of pod %s/%s broke off (%v), last seen: %s", p.Namespace, p.Name, e, Describe(d.Last))
			}
			d.Last, d.Took = pod, time.Since(d.Asked)
			if e.Type == watch.Deleted {
				return d, nil
			}
		}
	}
}

// Discard has the pod deleted at once, and does not wait for that: it has served, and its room is the next one's.
func (p *Pod) Discard(ctx context.Context) error {
	err := p.bench.Client.CoreV1().Pods(p.Namespace).Delete(ctx, p.Name, *metav1.NewDeleteOptions(0))
	if notFound(err) {
		return nil
	}
	return err
}

// AwaitGone waits on for a pod that has been deleted.
func (p *Pod) AwaitGone(ctx context.Context, within time.Duration) error {
	return poll(ctx, within, fmt.Sprintf("pod %s/%s to be gone", p.Namespace, p.Name), func() (bool, string, error) {
		now, err := p.Get(ctx)
		if notFound(err) {
			return true, "", nil
		}
		if err != nil {
			return false, "", notYet{err}
		}
		return false, Describe(now), nil
	})
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
