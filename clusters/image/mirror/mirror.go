// Package mirror makes the image of the registry that serves the workload images to the nodes, under the names that the manifests use.
// The page's manifest has images without a tag, which are pulled each time: so there must be a registry.
package mirror

import (
	"context"
	"embed"
	"fmt"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/progress"
)

// format is part of the image's digest: raise it when a change of this package changes the image.
const format = 1

// Port is where the mirror listens in its container: any user may.
const Port = 5000

// Paths in the image.
const (
	program = "mirror"
	folder  = "images"
)

// entrypoint is the instruction of a Dockerfile that has the program serve the folder.
var entrypoint = fmt.Sprintf(`ENTRYPOINT ["/%s", ":%d", "/%s"]`, program, Port, folder)

// libraries are most of the program, by their versions. A test compares them with go.mod.
var libraries = map[string]string{
	"github.com/google/go-containerregistry": "v0.22.1",
	"github.com/hashicorp/yamux":             "v0.1.2",
}

// sources are the rest of the program.
//
//go:embed served
var sources embed.FS

// Ensure returns the image's ID on the engine, whose architecture is arch, in Go's words. It is there, pulled, or made with all workload
// images.
func Ensure(ctx context.Context, arch string) (id string, err error) {
	image, err := Of()
	if err != nil {
		return "", err
	}
	id, _, err = image.Ensure(ctx, arch, func(ctx context.Context) error { return makeImage(ctx, image, arch) })
	return id, err
}

// Of is today's image: of this program and of today's workload images.
func Of() (ours.Image, error) {
	inputs, err := stage.Files(sources)
	if err != nil {
		return ours.Image{}, err
	}
	images, err := workload.Inputs()
	return ours.Image{Name: "mirror", Tag: stage.Digest(append(inputs, format, entrypoint, libraries, images)...)}, err
}

func makeImage(ctx context.Context, image ours.Image, arch string) (err error) {
	images, err := workload.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	step := progress.Start(ctx, "make the mirror of the workload images")
	defer step.End(&err)
	tree := &rootfs.Tree{}
	if err := putLayout(tree, images); err != nil {
		return err
	}
	binary, err := compile(ctx, arch)
	if err != nil {
		return err
	}
	tree.Put(program, rootfs.Entry{Data: binary, Mode: 0o755})
	_, err = onengine.Import(ctx, tree, image.Ref(), arch, image.Label(), entrypoint)
	return err
}
