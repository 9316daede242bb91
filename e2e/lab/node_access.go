package lab

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Access is what a run may do on a cluster's nodes, from nothing to all.
type Access int

// The kinds of access.
const (
	NoAccess Access = iota
	Looking         // by a privileged pod, which is asked to look and to change nothing (NODE_ACCESS=debug)
	Own             // the nodes are the run's own: what runs on them is restarted, started otherwise, found out
)

// Access is what the run may do on the bench's node.
func (b *Bench) Access() Access {
	switch {
	case b.Node != nil:
		return Own
	case b.ByPod:
		return Looking
	}
	return NoAccess
}

// OutOfSight is why the bench's node cannot be looked at; "" where it can. What a claim looks at there beside what it is about is left out then.
func (b *Bench) OutOfSight(ctx context.Context) string {
	switch b.Access() {
	case Own:
		return ""
	case NoAccess:
		return "this run has no access to nodes"
	}
	if _, err := b.lookout(ctx); err != nil {
		return err.Error()
	}
	return ""
}

// OnNode runs argv on the bench's node, which it is to leave as it is, and returns its standard output. what says what is looked at, for the claim's
// evidence. Where that is by a pod that could not be made, the error's cause says why; claims are then not observed.
func (b *Bench) OnNode(ctx context.Context, what string, argv ...string) (string, error) {
	if b.Node != nil {
		return b.Node.Exec(ctx, argv...)
	}
	if !b.ByPod {
		return "", fmt.Errorf("%s: this run has no access to nodes", what)
	}
	l, err := b.lookout(ctx)
	if err != nil {
		return "", err
	}
	b.usedMu.Lock()
	if b.looks == nil {
		b.looks = map[string]int{}
	}
	b.looks[what]++
	b.usedMu.Unlock()
	return l.run(ctx, argv)
}

// NodeLooks is what the claim under way has looked at on the node by a pod, and by which; "" for nothing.
func (b *Bench) NodeLooks() string {
	b.usedMu.Lock()
	defer b.usedMu.Unlock()
	if len(b.looks) == 0 {
		return ""
	}
	b.lookoutMu.Lock()
	defer b.lookoutMu.Unlock()
	out := b.lookoutPod.String() + "\n"
	for _, what := range slices.Sorted(maps.Keys(b.looks)) {
		out += fmt.Sprintf("%d times: %s\n", b.looks[what], what)
	}
	return strings.ReplaceAll(out, "\n1 times:", "\nonce:")
}
