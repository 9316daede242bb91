package clusters

import (
	"context"

	"github.com/gateproof/gateproof/clusters/workload"
)

// EnsureImages provides every image that Up will want, so that Up itself takes seconds.
func EnsureImages(ctx context.Context, o Options) error {
	if _, err := nodeImages(ctx, o); err != nil {
		return err
	}
	_, err := workload.Ensure(ctx)
	return err
}
