package lab

import (
	"context"
	"encoding/base64"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/fixtures"
)

// staticPods is where the kubelet of kubeadm's nodes looks for pods that the API server has no say in.
const staticPods = "/etc/kubernetes/manifests/"

// StaticPod has the node's kubelet run the fixture's pod on its own account, and waits until the API server's copy of it, the mirror
// pod, is Ready. remove takes it away again.
func (b *Bench) StaticPod(ctx context.Context, fixture string) (p *Pod, remove func(context.Context) error, err error) {
	nothing := func(context.Context) error { return nil }
	manifest, err := fixtures.Manifest(fixture)
	if err != nil {
		return nil, nothing, err
	}
	if manifest, err = b.fitted(manifest); err != nil {
		return nil, nothing, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	var pod corev1.Pod
	if err := yaml.UnmarshalStrict(manifest, &pod); err != nil {
		return nil, nothing, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	if pod.Namespace, err = b.Namespace(ctx, "static", fixture); err != nil {
		return nil, nothing, err
	}
	if manifest, err = yaml.Marshal(pod); err != nil {
		return nil, nothing, err
	}
	path := staticPods + pod.Namespace + ".yaml"
	remove = func(ctx context.Context) error {
		_, err := b.Node.Exec(ctx, "rm", "-f", path)
		return err
	}
	// Made elsewhere and moved: the kubelet reads the folder's files whenever one changes.
	if _, err := b.Node.Exec(ctx, "sh", "-c", `echo "$1" | base64 -d >/run/static-pod && mv /run/static-pod "$0"`,
		path, base64.StdEncoding.EncodeToString(manifest)); err != nil {
		return nil, remove, err
	}
	p = b.pod(pod.Namespace, pod.Name+"-"+b.Node.Name, &pod, &pod)
	return p, remove, p.WaitReady(ctx)
}
