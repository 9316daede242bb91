package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/watching"
)

// FirstPod makes the manifest's pod in the namespace and returns when it is Ready, with the time that took. It waits as long as a
// cluster's first pod may take. The errors are CanPull's; that of a pod that ran into neither says what was seen last. tell is told
// what the wait is for.
func (b *Bench) FirstPod(ctx context.Context, namespace string, manifest []byte, tell func(string)) (*Pod, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.FirstPod)
	defer cancel()
	manifest, err := b.fitted(manifest)
	if err != nil {
		return nil, 0, err
	}
	sent := &corev1.Pod{}
	if err := yaml.UnmarshalStrict(manifest, sent); err != nil {
		return nil, 0, err
	}
	p := b.pod(namespace, sent.Name, sent, nil)
	began := time.Now()
	if p.Created, err = b.PostPod(ctx, namespace, manifest, metav1.CreateOptions{}); err != nil {
		return nil, 0, fmt.Errorf("creating pod %s: %w", p.Name, err)
	}
	pod, causes := p.Created, map[string]string{}
	var notPulled error
	for {
		err = watching.Until(ctx, b.Client.CoreV1().Pods(namespace), p.Name, &corev1.Pod{}, func(seen *corev1.Pod) (bool, error) {
			pod = seen
			tell(Describe(pod))
			_, notPulled = pulled(pod, causes)
			return ready(pod), notPulled
		})
		if err != nil || !restarted(pod) || p.staysReady(ctx) {
			break
		}
	}
	took := time.Since(began)
	switch words, waits := unscheduled(pod); {
	case err == nil:
		p.Created = pod
		return p, took, nil
	case notPulled != nil:
		return nil, took, &NotPulled{Node: pod.Spec.NodeName, Err: notPulled, Archive: b.Images.Archive}
	case errors.Is(ctx.Err(), context.DeadlineExceeded) && waits:
		return nil, took, &Unscheduled{Pod: p.Name, Within: Timeouts.FirstPod, Words: words}
	}
	return nil, took, fmt.Errorf("pod %s/%s was not Ready within %s, last seen: %s: %w", namespace, p.Name, Timeouts.FirstPod, Describe(pod), err)
}

// steadyFor is how long a pod whose containers have ended before must stay Ready: one that keeps ending is Ready now and then, on a slow node for
// seconds.
const steadyFor = 10 * time.Second

func restarted(pod *corev1.Pod) bool {
	return slices.ContainsFunc(pod.Status.ContainerStatuses, func(s corev1.ContainerStatus) bool { return s.RestartCount > 0 })
}

// staysReady waits whether the pod, which is Ready, still is after a while.
func (p *Pod) staysReady(ctx context.Context) bool {
	within, cancel := context.WithTimeout(ctx, steadyFor)
	defer cancel()
	ended := watching.Until(within, p.bench.Client.CoreV1().Pods(p.Namespace), p.Name, &corev1.Pod{}, func(seen *corev1.Pod) (bool, error) { return !ready(seen), nil })
	return ended != nil && ctx.Err() == nil
}
