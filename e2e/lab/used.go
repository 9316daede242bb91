package lab

import (
	"fmt"
	"slices"
)

// Begin forgets what the claim before has used. The next one may create pods of the fixtures that it declares.
func (b *Bench) Begin(declared []string) {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	b.used, b.declared = nil, declared
}

// declares refuses a fixture that the claim under way does not declare: what a policy costs is told by what claims declare.
func (b *Bench) declares(fixture string) error {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	if b.declared == nil || fixture == controlManifest || slices.Contains(b.declared, fixture) {
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
