package corpus

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/up"
)

// EachLane tries what is meant for a lane there, one after the other, and the lanes side by side. One that could not be tried is noted
// with why, and the next has its turn, except on a lane that is not as it was. The errors are returned together.
func EachLane[T any](ctx context.Context, kept *up.Set, all []T, lane func(T) string, try func(context.Context, int, clusters.Cluster) error, untried func(int, error)) error {
	errs := make([]error, len(all))
	var lanes sync.WaitGroup
	for _, c := range kept.Clusters {
		lanes.Go(func() {
			var damage error
			for i, one := range all {
				if lane(one) != c.Lane.Name || ctx.Err() != nil {
					continue
				}
				if damage != nil {
					untried(i, fmt.Errorf("not tried: %w", damage))
					continue
				}
				if errs[i] = try(ctx, i, c); errs[i] != nil {
					untried(i, errs[i])
				}
				if errors.As(errs[i], new(Damage)) {
					damage = errs[i]
				}
			}
		})
	}
	lanes.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}
