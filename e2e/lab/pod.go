package lab

import (
	"context"
	"fmt"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// Pod is a pod of the suite's own.
type Pod struct {
	Namespace string
	Name      string
	Created   *corev1.Pod // as the API server answered the create

	bench    *Bench
	sent     *corev1.Pod // as it was asked for
	all      bool        // other processes of the run use it too
	apart    bool        // the fixture's, but for the field
	mu       sync.Mutex
	stations map[string]*station                        // by container
	ends     map[string]corev1.ContainerStateTerminated // by container ID, as the pod's status told them
}

// pod describes a pod of the suite's, and notes that the claim under way uses it.
func (b *Bench) pod(namespace, name string, sent, created *corev1.Pod) *Pod {
	p := b.describe(namespace, name, sent)
	p.Created = created
	b.use(p)
	return p
}

// describe is pod for one that is none of a claim's own.
func (b *Bench) describe(namespace, name string, sent *corev1.Pod) *Pod {
	return &Pod{Namespace: namespace, Name: name, bench: b, sent: sent, stations: map[string]*station{}, ends: map[string]corev1.ContainerStateTerminated{}}
}

// NewPod creates the fixture's pod, unmodified, in a namespace of its own and waits until it is Ready.
func (b *Bench) NewPod(ctx context.Context, fixture string) (*Pod, error) {
	p, err := b.StartPod(ctx, fixture)
	return p.followed(ctx, err)
}

// NewPodApart is NewPod for the fixture's pod without the field: how one that does not share looks where no gate can be turned off, and a control of what
// a claim needs beside sharing.
func (b *Bench) NewPodApart(ctx context.Context, fixture string) (*Pod, error) {
	_, sent, err := b.podOf(fixture)
	if err != nil {
		return nil, err
	}
	sent = withoutField(sent)
	sent.Name += "-apart"
	manifest, err := yaml.Marshal(sent)
	if err != nil {
		return nil, err
	}
	ns, err := b.Namespace(ctx, "own", fixture)
	if err != nil {
		return nil, err
	}
	p, err := b.post(ctx, ns, fixture, manifest, sent)
	if p != nil {
		p.apart = true
	}
	return p.followed(ctx, err)
}

// Apart says that the pod is NewPodApart's: what does not come to pass there is none of sharing's.
func (p *Pod) Apart() bool { return p.apart }

// followed is a pod that was made, once it is Ready; err is why it was not.
func (p *Pod) followed(ctx context.Context, err error) (*Pod, error) {
	if err != nil {
		return nil, err
	}
	p.follow(ctx)
	return p, p.WaitReady(ctx)
}

// SharedPod is the fixture's pod for claims that only read: made once for all of them, by whichever asks first. Why it did not
// come up is found out once.
func (b *Bench) SharedPod(ctx context.Context, fixture string) (*Pod, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.shared[fixture]; p != nil {
		b.use(p)
		return p, nil
	}
	if err := b.sharedErr[fixture]; err != nil {
		return nil, err
	}
	p, err := b.makeShared(ctx, fixture)
	if err != nil {
		if ctx.Err() == nil {
			b.sharedErr[fixture] = err
		}
		return nil, err
	}
	b.shared[fixture] = p
	return p, nil
}

func (b *Bench) makeShared(ctx context.Context, fixture string) (*Pod, error) {
	ns, err := b.sharedNamespace(ctx, fixture)
	if err != nil {
		return nil, err
	}
	p, err := b.create(ctx, ns, fixture)
	if err != nil {
		return nil, err
	}
	p.all = true
	return p, p.WaitReady(ctx)
}

// create posts the fixture byte for byte.
func (b *Bench) create(ctx context.Context, namespace, fixture string) (*Pod, error) {
	manifest, sent, err := b.podOf(fixture)
	if err != nil {
		return nil, err
	}
	return b.post(ctx, namespace, fixture, manifest, sent)
}

// post sends the manifest, which says what sent does, as it is; from is where it comes from. A pod that another process of the run has made is
// taken as it is.
func (b *Bench) post(ctx context.Context, namespace, from string, manifest []byte, sent *corev1.Pod) (_ *Pod, err error) {
	p := b.pod(namespace, sent.Name, sent, nil)
	p.Created, err = b.PostPod(ctx, namespace, manifest, metav1.CreateOptions{})
	switch {
	case alreadyExists(err):
		p.Created, err = p.Get(ctx)
	case CauseOf(err) == reports.CauseQuota: // it is asked first, and counts the pod that may be there
		if there, getErr := p.Get(ctx); getErr == nil {
			p.Created, err = there, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("creating the pod of %s: %w", from, p.attributeRefusal(ctx, err))
	}
	return p, nil
}

// podOf is the fixture's pod as the lane's cluster wants it: its manifest, and what that says.
func (b *Bench) podOf(fixture string) (manifest []byte, sent *corev1.Pod, err error) {
	if err := b.declares(fixture); err != nil {
		return nil, nil, err
	}
	if manifest, err = fixtures.Manifest(fixture); err == nil {
		manifest, sent, err = b.fittedPod(manifest)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("fixture %s: %w", fixture, err)
	}
	return manifest, sent, nil
}

// fittedPod is the manifest's pod as the lane's cluster wants it.
func (b *Bench) fittedPod(manifest []byte) (_ []byte, sent *corev1.Pod, err error) {
	if manifest, err = b.fitted(manifest); err != nil {
		return nil, nil, err
	}
	sent = &corev1.Pod{}
	return manifest, sent, yaml.UnmarshalStrict(manifest, sent)
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

// WaitReady watches the pod until its condition Ready is True. Where it does not become so, a control says why.
func (p *Pod) WaitReady(ctx context.Context) error {
	return p.WaitStarted(ctx, "to be Ready", ready)
}

// Container returns one of the pod's containers.
func (p *Pod) Container(name string) *Container { return &Container{Pod: p, Name: name} }

// Containers returns all containers that the manifest has and that run as long as the pod does, sidecars first, in its order. Those that admission adds are
// strangers.
func (p *Pod) Containers() []*Container {
	var out []*Container
	for _, c := range p.sent.Spec.InitContainers {
		if c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			out = append(out, p.Container(c.Name))
		}
	}
	for _, c := range p.sent.Spec.Containers {
		out = append(out, p.Container(c.Name))
	}
	return out
}
