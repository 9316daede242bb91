package up

import (
	"context"
	"sync"

	"github.com/gateproof/gateproof/clusters"
)

// metadata is where clouds tell their machines about themselves. Kubelets ask there at their start which cloud they are in. A node is a container,
// and of no cloud: an answer would be about somebody else's machine, and none, where packets are dropped, holds the boot up for 20 s.
const metadata = "169.254.169.254"

// withoutMetadata has the node answer itself that nobody is there. It returns what is to be called until the node is up, again and again.
func withoutMetadata(ctx context.Context, node *clusters.Node) (try func()) {
	var mu sync.Mutex
	done := false
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if !done {
			_, err := node.Exec(ctx, "ip", "route", "replace", "unreachable", metadata)
			done = err == nil // or it is not up yet
		}
	}
}
