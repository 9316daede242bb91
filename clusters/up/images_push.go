package up

import (
	"context"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/existing"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/input"
)

// podImages tells do each image that pods run, for the engine's architecture, whose engine builds those that are not there.
func podImages(ctx context.Context, do func(of ours.Image, arch string, image v1.Image) error) error {
	info, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	all, err := workload.Ensure(ctx, info.Architecture)
	if err != nil {
		return err
	}
	for _, one := range all {
		of, err := workload.Of(one.Name)
		if err != nil {
			return err
		}
		image, err := one.Load()
		if err != nil {
			return err
		}
		if err := do(of, info.Architecture, image); err != nil {
			return err
		}
	}
	return nil
}

// PushImages sends the images that pods run to registry, HOST/PATH, for the engine's architecture, beside those of others: from there the
// nodes of an existing cluster pull them. Credentials are those of `docker login`. A name that is none is an input.Err.
func PushImages(ctx context.Context, registry string) error {
	registry = strings.TrimSuffix(registry, "/")
	if registry == "" {
		return input.Errorf("name the registry: --image-registry=HOST/PATH (IMAGE_REGISTRY)")
	}
	if _, err := name.NewRepository(registry + "/nginx"); err != nil {
		return input.Errorf("IMAGE_REGISTRY=%s: not HOST/PATH of a registry: %w", registry, err)
	}
	return podImages(ctx, func(of ours.Image, arch string, image v1.Image) error {
		_, err := of.Push(ctx, registry, arch, image)
		return err
	})
}

// ArchiveImages writes the images that pods run, for the engine's architecture, to a docker archive, which the nodes of an existing cluster can
// be given.
func ArchiveImages(ctx context.Context, file string) error {
	all := map[name.Tag]v1.Image{}
	err := podImages(ctx, func(of ours.Image, _ string, image v1.Image) error {
		tag, err := name.NewTag(existing.InArchive(of))
		all[tag] = image
		return err
	})
	if err != nil {
		return err
	}
	return tarball.MultiWriteToFile(file, all)
}
