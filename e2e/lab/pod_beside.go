package lab

import (
	"context"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// NewPodBeside creates the fixture's pod in a namespace of its own, on the node of another pod, and waits until it is Ready.
func (b *Bench) NewPodBeside(ctx context.Context, fixture string, other *Pod) (*Pod, error) {
	placed, err := other.Get(ctx)
	if err != nil {
		return nil, err
	}
	_, pod, err := b.podOf(fixture)
	if err != nil {
		return nil, err
	}
	bindTo(&pod.Spec, placed.Spec.NodeName)
	ns, err := b.Namespace(ctx, "beside", fixture)
	if err != nil {
		return nil, err
	}
	p := b.pod(ns, pod.Name, pod, nil)
	if p.Created, err = b.Client.CoreV1().Pods(ns).Create(ctx, pod, metav1.CreateOptions{}); err != nil {
		return nil, fmt.Errorf("creating the pod of %s: %w", fixture, p.attributeRefusal(ctx, err))
	}
	p.follow(ctx)
	return p, p.WaitReady(ctx)
}
