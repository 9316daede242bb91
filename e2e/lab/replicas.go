package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/fixtures"
)

// Replicas has a ReplicaSet make n pods like the fixture's, in the namespace and on the node of another pod, and waits until all are
// Ready. Whichever process of the run comes second takes what is there.
func (b *Bench) Replicas(ctx context.Context, fixture string, n int, beside *Pod) ([]*Pod, error) {
	placed, err := beside.Get(ctx)
	if err != nil {
		return nil, err
	}
	o, err := replicaSetOf(fixture, n, func(spec *corev1.PodSpec) { bindTo(spec, placed.Spec.NodeName) })
	if err != nil {
		return nil, err
	}
	if _, err := b.Create(ctx, beside.Namespace, o); err != nil && !alreadyExists(err) {
		return nil, fmt.Errorf("creating %s: %w", o, err)
	}
	return b.PodsMadeFrom(ctx, beside.Namespace, o, n)
}

// replicaSetOf makes n pods like the fixture's, each where place puts it.
func replicaSetOf(fixture string, n int, place func(*corev1.PodSpec)) (Object, error) {
	pod, err := fixturePod(fixture)
	if err != nil {
		return Object{}, err
	}
	place(&pod.Spec)
	pod.Spec.RestartPolicy = corev1.RestartPolicyAlways
	return replicaSet(stem(fixture), pod, n)
}

// fixturePod is the fixture's pod as it is: Create fits it.
func fixturePod(fixture string) (*corev1.Pod, error) {
	manifest, err := fixtures.Manifest(fixture)
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{}
	if err := yaml.UnmarshalStrict(manifest, pod); err != nil {
		return nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	return pod, nil
}

// replicaLabel is what a ReplicaSet's pods are told by.
const replicaLabel = "gateproof.replica"

func replicaSet(name string, pod *corev1.Pod, n int) (Object, error) {
	marks := map[string]any{replicaLabel: name}
	spec, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&pod.Spec)
	if err != nil {
		return Object{}, err
	}
	o := Object{&unstructured.Unstructured{Object: map[string]any{
		"metadata": map[string]any{"name": name, "creationTimestamp": metav1.Time{}.ToUnstructured()},
		"spec": map[string]any{
			"replicas": int64(n),
			"selector": map[string]any{"matchLabels": marks},
			"template": map[string]any{"metadata": map[string]any{"labels": marks}, "spec": spec},
		},
	}}}
	o.SetAPIVersion("apps/v1")
	o.SetKind("ReplicaSet")
	return o, nil
}
