package up

import (
	"context"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Publish pushes the images that the lanes need, for the engine's architecture, to the registry that GATEPROOF_REGISTRY names; those that
// nobody has are made. pin is told each image and the digest of its index.
func Publish(ctx context.Context, lanes []lane.Lane, pin func(image ours.Image, digest string) error) error {
	registry, err := ours.Registry()
	if err != nil {
		return err
	}
	if registry == "" {
		return input.Errorf("%s names no registry to publish to, as in %s=registry.example/gateproof", ours.RegistryEnv, ours.RegistryEnv)
	}
	on, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	all, err := ensureOurs(ctx, lanes, on)
	if err != nil {
		return err
	}
	for _, image := range all {
		digest, err := image.Publish(ctx, registry, on.Architecture)
		if err != nil {
			return err
		}
		if err := pin(image, digest); err != nil {
			return err
		}
	}
	return nil
}

// ensureOurs has on the engine all images of ours that the lanes, and whoever builds, may want.
func ensureOurs(ctx context.Context, lanes []lane.Lane, on engine.Info) ([]ours.Image, error) {
	if _, err := builder.Ensure(ctx, on.Architecture); err != nil {
		return nil, err
	}
	if _, err := mirror.Ensure(ctx, on.Architecture); err != nil {
		return nil, err
	}
	served, err := mirror.Of()
	if err != nil {
		return nil, err
	}
	all := []ours.Image{builder.Of(), served}
	seen := map[string]bool{}
	for _, l := range lanes {
		if seen[l.Version] {
			continue
		}
		seen[l.Version] = true
		image, ok, err := nodeimage.Ours(ctx, l.Version, on.Architecture)
		if err != nil {
			return nil, &LaneError{Lane: l.Name, Err: err}
		}
		if ok {
			all = append(all, image)
		}
	}
	return all, nil
}
