package lab

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// DryRunSince is the first release whose API servers try a create without doing it, unless told otherwise (the gate DryRun is
// beta there). Older ones that do not know the parameter create the object.
const DryRunSince = "v1.13.0"

// DryRunPod has the API server try to create the object, a pod, in the namespace: it returns what was sent, as the lane's cluster
// wants it, and what came back from admission. The API server's errors come as they are.
func (b *Bench) DryRunPod(ctx context.Context, namespace string, o Object) (sent, got *corev1.Pod, err error) {
	o = Object{o.DeepCopy()}
	if err := b.fit(o); err != nil {
		return nil, nil, err
	}
	manifest, err := yaml.Marshal(o.Object)
	if err != nil {
		return nil, nil, err
	}
	sent = &corev1.Pod{}
	if err := yaml.Unmarshal(manifest, sent); err != nil {
		return nil, nil, err
	}
	got, err = b.PostPod(ctx, namespace, manifest, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
	return sent, got, err
}
