package lab

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// Succession is a ReplicaSet of one pod.
type Succession struct {
	bench     *Bench
	namespace string
	set       Object
}

// NewSuccession has a ReplicaSet make one pod like the fixture's, which runs until Next.
func (b *Bench) NewSuccession(ctx context.Context, fixture string) (*Succession, *Pod, error) {
	var err error
	s := &Succession{bench: b}
	if s.set, err = replicaSetOf(fixture, 1, func(*corev1.PodSpec) {}); err != nil { // Create places it
		return nil, nil, err
	}
	if s.namespace, err = b.Namespace(ctx, "succession", fixture); err != nil {
		return nil, nil, err
	}
	if _, err := b.Create(ctx, s.namespace, s.set); err != nil {
		return nil, nil, fmt.Errorf("creating %s: %w", s.set, err)
	}
	p, err := b.PodMadeFrom(ctx, s.namespace, s.set)
	return s, p, err
}

// Next has the pod deleted, and returns the one that the ReplicaSet makes in its place.
func (s *Succession) Next(ctx context.Context, p *Pod) (*Pod, error) {
	if err := p.Discard(ctx); err != nil {
		return nil, err
	}
	if err := p.AwaitGone(ctx, Timeouts.PodGone); err != nil {
		return nil, err
	}
	return s.bench.PodMadeFrom(ctx, s.namespace, s.set)
}

// Template writes a field of the template's spec, and returns what the server answers.
func (s *Succession) Template(ctx context.Context, field string, value any) (Object, error) {
	return s.bench.change(ctx, s.namespace, s.set, MergePatch, value, append(s.set.template(), "spec", field)...)
}
