package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/fixtures"
)

// NewPodBeside creates the fixture's pod in a namespace of its own, on the node of another pod, and waits until it is Ready.
func (b *Bench) NewPodBeside(ctx context.Context, fixture string, other *Pod) (*Pod, error) {
	placed, err := other.Get(ctx)
	if err != nil {
		return nil, err
	}
	manifest, err := fixtures.Manifest(fixture)
	if err != nil {
		return nil, err
	}
	if manifest, err = b.fitted(manifest); err != nil {
		return nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	var pod corev1.Pod
	if err := yaml.UnmarshalStrict(manifest, &pod); err != nil {
		return nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	pod.Spec.NodeName = placed.Spec.NodeName
	ns, err := b.Namespace(ctx, "", "beside")
	if err != nil {
		return nil, err
	}
	made, err := b.Client.CoreV1().Pods(ns).Create(ctx, &pod, metav1.CreateOptions{})
	if err != nil {
		return nil, fmt.Errorf("creating the pod of %s: %w", fixture, err)
	}
	p := &Pod{Namespace: ns, Name: made.Name, Created: made, bench: b, probe: map[string]bool{}}
	return p, p.WaitReady(ctx)
}
