package up

import (
	"context"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/mirror"
)

// Wants is what Up wants, and has once EnsureImages has returned.
type Wants struct {
	Images  []string // by their names on the engine
	Folders []string // of the cache, that are copied into nodes
}

// EnsureImages provides everything that Up will want, so that Up itself takes seconds.
func EnsureImages(ctx context.Context, o Options) (Wants, error) {
	info, err := engine.Describe(ctx)
	if err != nil {
		return Wants{}, err
	}
	nodes, err := nodeImages(ctx, o, info)
	if err != nil {
		return Wants{}, err
	}
	into, err := ensureRuntimes(ctx, o.Lanes, info.Architecture)
	if err != nil {
		return Wants{}, err
	}
	if _, err := mirror.Ensure(ctx, info.Architecture); err != nil {
		return Wants{}, err
	}
	served, err := mirror.Of()
	w := Wants{Images: []string{served.Ref()}, Folders: into.folders()}
	for _, image := range nodes {
		w.Images = append(w.Images, image.Ref)
	}
	return w, err
}
