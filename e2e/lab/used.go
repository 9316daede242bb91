package lab

import (
	"context"
	"fmt"
	"slices"
)

// Begin forgets what the claim before has used. The next one may create pods of the fixtures that it declares.
func (b *Bench) Begin(declared []string) {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	b.used, b.own, b.looks, b.declared = nil, nil, nil, declared
	b.counter.begin()
}

// Tidy has the namespaces deleted that the claim under way has made for itself, and does not wait for that: what is left of it takes no
// processor from the next. What cannot be deleted now is told by Clean.
func (b *Bench) Tidy(ctx context.Context) {
	b.usedMu.Lock()
	own := b.own
	b.own = nil
	b.usedMu.Unlock()
	for _, name := range own {
		_ = b.RemoveNamespace(ctx, name)
	}
}

func (b *Bench) owns(namespace string) {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	b.own = append(b.own, namespace)
}

// declares refuses a fixture that the claim under way does not declare: what a policy costs is told by what claims declare.
func (b *Bench) declares(fixture string) error {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	if b.declared == nil || fixture == ControlManifest || slices.Contains(b.declared, fixture) {
		return nil
	}
	return fmt.Errorf("the claim does not declare the fixture %s (claim.Claim.Fixtures): a mistake of the suite's", fixture)
}

// Used are the pods that the claim under way has used so far.
func (b *Bench) Used() []*Pod {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	return append([]*Pod(nil), b.used...)
}

func (b *Bench) use(p *Pod) {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	b.used = append(b.used, p)
}
