package lab

import "context"

// CreatePod creates the fixture's pod in a namespace of its own and doesn't wait: for pods that need not become Ready.
func (b *Bench) CreatePod(ctx context.Context, fixture string) (*Pod, error) {
	ns, err := b.Namespace(ctx, "", "own")
	if err != nil {
		return nil, err
	}
	return b.create(ctx, ns, fixture)
}
