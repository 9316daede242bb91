package up

import (
	"context"
	"sync"

	"github.com/gateproof/gateproof/clusters"
)

// metadata is where clouds tell their machines about themselves. Kubelets ask there at their start which cloud they are in. A node is a container,
// and of no cloud: an answer would be about somebody else's machine, and none, where packets are dropped, holds the boot up for 20 s.
const metadata = "169.254.169.254"

// withoutMetadata has each node answer itself that nobody is there. It returns what is to be called until the nodes are up, again and again.
func withoutMetadata(ctx context.Context, all []*clusters.Node) (try func(string)) {
	var mu sync.Mutex
	done := map[*clusters.Node]bool{}
	return func(string) {
		mu.Lock()
		defer mu.Unlock()
		for _, node := range all {
			if !done[node] {
				_, err := node.Exec(ctx, "ip", "route", "replace", "unreachable", metadata)
				done[node] = err == nil // or it is not up yet
			}
		}
	}
}
