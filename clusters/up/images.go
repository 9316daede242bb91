package up

import (
	"context"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/mirror"
)

// EnsureImages provides every image that Up will want, so that Up itself takes seconds.
func EnsureImages(ctx context.Context, o Options) error {
	info, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	if _, err := nodeImages(ctx, o, info); err != nil {
		return err
	}
	if _, err := ensureRuntimes(ctx, o.Lanes, info.Architecture); err != nil {
		return err
	}
	_, err = mirror.Ensure(ctx, info.Architecture)
	return err
}
