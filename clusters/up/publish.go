package up

import (
	"context"
	"slices"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Publish pushes the images that the lanes need, for the engine's architecture, to the registry that GATEPROOF_REGISTRY names; those that
// nobody has are made. With indexOnly nothing is pushed but the indexes of what other machines have. pin is told each image and the digest of its index.
func Publish(ctx context.Context, lanes []lane.Lane, indexOnly bool, pin func(image ours.Image, digest string) error) error {
	registry, err := ours.Registry()
	if err != nil {
		return err
	}
	if registry == "" {
		return input.Errorf("%s names no registry to publish to, as in %s=registry.example/gateproof", ours.RegistryEnv, ours.RegistryEnv)
	}
	all, err := oursFor(lanes)
	if err != nil {
		return err
	}
	publish := func(image ours.Image) (string, error) { return image.Index(ctx, registry) }
	if !indexOnly {
		on, err := engine.Describe(ctx)
		if err != nil {
			return err
		}
		if err := ensureOurs(ctx, lanes, on.Architecture); err != nil {
			return err
		}
		publish = func(image ours.Image) (string, error) { return image.Publish(ctx, registry, on.Architecture) }
	}
	for _, image := range all {
		digest, err := publish(image)
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
func ensureOurs(ctx context.Context, lanes []lane.Lane, arch string) error {
	if _, err := builder.Ensure(ctx, arch); err != nil {
		return err
	}
	if _, err := mirror.Ensure(ctx, arch); err != nil {
		return err
	}
	for _, l := range lanes {
		if err := nodeimage.EnsureOurs(ctx, l.Version, arch); err != nil {
			return &LaneError{Lane: l.Name, Err: err}
		}
	}
	return nil
}

// oursFor are those images.
func oursFor(lanes []lane.Lane) ([]ours.Image, error) {
	served, err := mirror.Of()
	all := []ours.Image{builder.Of(), served}
	for _, l := range lanes {
		image, ok, err := nodeimage.Of(l.Version)
		if err != nil {
			return nil, &LaneError{Lane: l.Name, Err: err}
		}
		if ok && !slices.Contains(all, image) {
			all = append(all, image)
		}
	}
	return all, err
}
