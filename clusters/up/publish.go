package up

import (
	"context"
	"slices"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Publish pushes the images that the lanes and their pods need, for the engine's architecture, to the registry that GATEPROOF_REGISTRY names; those that
// nobody has are made. With indexOnly nothing is pushed but the indexes of what other machines have. pin is told each image and the digest of its index.
func Publish(ctx context.Context, lanes []lane.Lane, indexOnly bool, pin func(image ours.Image, digest string) error) error {
	registry, err := ours.Registry()
	if err != nil {
		return err
	}
	if registry == "" {
		return input.Errorf("%s names no registry to publish to, as in %s=registry.example/gateproof", ours.RegistryEnv, ours.RegistryEnv)
	}
	all, err := Images(lanes)
	if err != nil {
		return err
	}
	pinned := func(image ours.Image, digest string, err error) error {
		if err != nil {
			return err
		}
		return pin(image, digest)
	}
	if indexOnly {
		pods, err := workload.All()
		if err != nil {
			return err
		}
		for _, image := range append(all, pods...) {
			digest, err := image.Index(ctx, registry)
			if err := pinned(image, digest, err); err != nil {
				return err
			}
		}
		return nil
	}
	on, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	if err := ensureOurs(ctx, lanes, on.Architecture); err != nil {
		return err
	}
	for _, image := range all {
		digest, err := image.Publish(ctx, registry, on.Architecture)
		if err := pinned(image, digest, err); err != nil {
			return err
		}
	}
	return podImages(ctx, func(of ours.Image, arch string, image v1.Image) error {
		digest, err := of.Push(ctx, registry, arch, image)
		return pinned(of, digest, err)
	})
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

// Images are all images of ours that the lanes, and whoever builds, may want.
func Images(lanes []lane.Lane) ([]ours.Image, error) {
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
