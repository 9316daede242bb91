// Package workload makes the container images that the fixtures' pods run, from the recipes in fixtures/images and
// Debian's packages, without a container engine or a registry.
package workload

import (
	"context"
	"fmt"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/fixtures/images"
)

// format is part of every image's digest: raise its number when a change of this code changes the images.
var format = []any{2, builder.Format}

// Image is a container image in the cache.
type Image struct {
	Name string // as a manifest writes it: nginx
	Path string // a folder in OCI layout that holds this image alone
}

// Load opens the image; its layers are read when they are needed.
func (i Image) Load() (v1.Image, error) {
	index, err := layout.ImageIndexFromPath(i.Path)
	if err != nil {
		return nil, fmt.Errorf("image %s in %s: %w", i.Name, i.Path, err)
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, fmt.Errorf("image %s in %s: %w", i.Name, i.Path, err)
	}
	if len(manifest.Manifests) != 1 {
		return nil, fmt.Errorf("image %s in %s: %d images, want 1", i.Name, i.Path, len(manifest.Manifests))
	}
	return index.Image(manifest.Manifests[0].Digest)
}

// Ensure returns all images for an architecture, in Go's words, in the order of their names; those that the cache has not are built.
// A full disk is told as a *diskfull.Error, and what is built needs an engine of that architecture.
func Ensure(ctx context.Context, arch string) ([]Image, error) {
	names := images.Names()
	out := make([]Image, len(names))
	group, ctx := errgroup.WithContext(ctx)
	for i, name := range names {
		group.Go(func() (err error) {
			out[i], err = ensure(ctx, name, arch)
			return err
		})
	}
	return out, group.Wait()
}

// Of is the image of that name, for registries.
func Of(name string) (ours.Image, error) {
	all, err := Inputs()
	return ours.Image{Name: name, Tag: all[name]}, err
}

// All are all images, for registries.
func All() ([]ours.Image, error) {
	var all []ours.Image
	for _, name := range images.Names() {
		of, err := Of(name)
		if err != nil {
			return nil, err
		}
		all = append(all, of)
	}
	return all, nil
}

// Inputs tells today's images from any others, whatever the architecture: the digests of their recipes, by name.
func Inputs() (map[string]string, error) {
	out := map[string]string{}
	for _, name := range images.Names() {
		dir, err := images.Open(name)
		if err != nil {
			return nil, err
		}
		r, err := parse(dir)
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", name, err)
		}
		if out[name], err = r.digest(dir, ""); err != nil {
			return nil, fmt.Errorf("image %s: %w", name, err)
		}
	}
	return out, nil
}

func ensure(ctx context.Context, name, arch string) (Image, error) {
	dir, err := images.Open(name)
	if err != nil {
		return Image{}, err
	}
	r, err := parse(dir)
	if err != nil {
		return Image{}, fmt.Errorf("image %s: %w", name, err)
	}
	digest, err := r.digest(dir, arch)
	if err != nil {
		return Image{}, fmt.Errorf("image %s: %w", name, err)
	}
	path, err := stage.Ensure(ctx, "image-"+name, digest, func(ctx context.Context, tmp string) error {
		return r.build(ctx, name, arch, dir, filepath.Join(tmp, layoutName))
	})
	if err != nil {
		return Image{}, fmt.Errorf("image %s: %w", name, err)
	}
	return Image{Name: name, Path: filepath.Join(path, layoutName)}, nil
}

const layoutName = "oci"
