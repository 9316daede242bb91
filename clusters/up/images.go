package up

import (
	"context"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/mirror"
)

// EnsureImages provides every image that Up will want, so that Up itself takes seconds, and returns their names on the engine.
func EnsureImages(ctx context.Context, o Options) ([]string, error) {
	info, err := engine.Describe(ctx)
	if err != nil {
		return nil, err
	}
	nodes, err := nodeImages(ctx, o, info)
	if err != nil {
		return nil, err
	}
	if _, err := ensureRuntimes(ctx, o.Lanes, info.Architecture); err != nil {
		return nil, err
	}
	if _, err := mirror.Ensure(ctx, info.Architecture); err != nil {
		return nil, err
	}
	served, err := mirror.Of()
	names := []string{served.Ref()}
	for _, image := range nodes {
		names = append(names, image.Ref)
	}
	return names, err
}
