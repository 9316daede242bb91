package lab

import (
	"context"
	"fmt"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/watching"
	"github.com/gateproof/gateproof/fixtures"
)

// Pod is a pod of the suite's own.
type Pod struct {
	Namespace string
	Name      string
	Created   *corev1.Pod // as the API server answered the create

	bench *Bench
	all   bool // other processes of the run use it too
	mu    sync.Mutex
	probe map[string]bool                            // containers that hold the probe
	ends  map[string]corev1.ContainerStateTerminated // by container ID, as the pod's status told them
}

// NewPod creates the fixture's pod, unmodified, in a namespace of its own and waits until it is Ready.
func (b *Bench) NewPod(ctx context.Context, fixture string) (*Pod, error) {
	p, err := b.StartPod(ctx, fixture)
	if err != nil {
		return nil, err
	}
	p.follow(ctx)
	return p, p.WaitReady(ctx)
}

// SharedPod is the fixture's pod for claims that only read: made once for all of them, by whichever asks first.
func (b *Bench) SharedPod(ctx context.Context, fixture string) (*Pod, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.shared[fixture]; p != nil {
		return p, nil
	}
	ns, err := b.Namespace(ctx, b.sharedNamespace(fixture), "")
	if err != nil {
		return nil, err
	}
	p, err := b.create(ctx, ns, fixture)
	if err != nil {
		return nil, err
	}
	p.all = true
	if err := p.WaitReady(ctx); err != nil {
		return nil, err
	}
	b.shared[fixture] = p
	return p, nil
}

// sharedNamespace is known to all processes of the run.
func (b *Bench) sharedNamespace(fixture string) string {
	return "gateproof-" + b.RunID + "-" + stem(fixture)
}

// create posts the fixture byte for byte. A pod that another process of the run has made is taken as it is.
func (b *Bench) create(ctx context.Context, namespace, fixture string) (*Pod, error) {
	manifest, err := fixtures.Manifest(fixture)
	if err != nil {
		return nil, err
	}
	var meta metav1.PartialObjectMetadata
	if err := yaml.Unmarshal(manifest, &meta); err != nil {
		return nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	if manifest, err = b.fitted(manifest); err != nil {
		return nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	p := &Pod{Namespace: namespace, Name: meta.Name, bench: b, probe: map[string]bool{}, ends: map[string]corev1.ContainerStateTerminated{}}
	p.Created, err = b.PostPod(ctx, namespace, manifest, metav1.CreateOptions{})
	if alreadyExists(err) {
		p.Created, err = p.Get(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("creating the pod of %s: %w", fixture, err)
	}
	return p, nil
}

// PostPod sends a manifest's bytes to the API server as they are.
func (b *Bench) PostPod(ctx context.Context, namespace string, manifest []byte, opts metav1.CreateOptions) (*corev1.Pod, error) {
	var pod corev1.Pod
	req := b.Client.CoreV1().RESTClient().Post().Namespace(namespace).Resource("pods").
		SetHeader("Content-Type", "application/yaml").Body(manifest)
	for _, v := range opts.DryRun {
		req = req.Param("dryRun", v)
	}
	return &pod, req.Do(ctx).Into(&pod)
}

// Get reads the pod back.
func (p *Pod) Get(ctx context.Context) (*corev1.Pod, error) {
	return p.bench.Client.CoreV1().Pods(p.Namespace).Get(ctx, p.Name, metav1.GetOptions{})
}

// WaitReady watches the pod until its condition Ready is True.
func (p *Pod) WaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.PodReady)
	defer cancel()
	last := "not seen yet"
	err := watching.Until(ctx, p.bench.Client.CoreV1().Pods(p.Namespace), p.Name, &corev1.Pod{}, func(pod *corev1.Pod) (bool, error) {
		last = Describe(pod)
		return ready(pod), nil
	})
	if err != nil {
		return fmt.Errorf("pod %s/%s was not Ready within %s, last seen: %s: %w", p.Namespace, p.Name, Timeouts.PodReady, last, err)
	}
	return nil
}

// Container returns one of the pod's containers.
func (p *Pod) Container(name string) *Container { return &Container{Pod: p, Name: name} }

// Containers returns all of the pod's containers, in the manifest's order.
func (p *Pod) Containers() []*Container {
	var out []*Container
	for _, c := range p.Created.Spec.Containers {
		out = append(out, p.Container(c.Name))
	}
	return out
}
