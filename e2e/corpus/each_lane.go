package corpus

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/up"
)

// EachLane tries what is meant for a lane there, or on a lane like it, one after the other, and the lanes side by side. One that could
// not be tried is noted with why, and the next has its turn, except on a lane that is not as it was. The errors are returned together.
func EachLane(ctx context.Context, kept *up.Set, turns []Turn, try func(context.Context, int, clusters.Cluster) error, untried func(int, error)) error {
	errs := make([]error, len(turns))
	waiting := line(kept.Lanes(), turns)
	var lanes sync.WaitGroup
	for _, c := range kept.Clusters {
		lanes.Go(func() {
			for ctx.Err() == nil {
				i, ok := waiting.next(c.Lane)
				if !ok {
					return
				}
				if errs[i] = try(ctx, i, c); errs[i] != nil {
					untried(i, errs[i])
				}
				if errors.As(errs[i], new(Damage)) {
					waiting.leave(c.Lane, errs[i])
					return
				}
			}
		})
	}
	lanes.Wait()
	if ctx.Err() == nil {
		for i, why := range waiting.left() {
			untried(i, fmt.Errorf("not tried: %w", why))
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}
