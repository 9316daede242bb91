package lab

// Begin forgets what the claim before has used.
func (b *Bench) Begin() {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	b.used = nil
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
