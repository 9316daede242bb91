// Package mirror makes the image of the registry that serves the workload images to the nodes, under the names that the manifests use.
// The page's manifest has images without a tag, which are pulled each time: so there must be a registry.
package mirror

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Port is where the mirror listens in its container: any user may.
const Port = 5000

// Paths in the image.
const (
	program = "mirror"
	folder  = "images"
)

// sources are those of the program, which are all that tells one from another.
//
//go:embed served
var sources embed.FS

// Ensure returns the image's name and tag on the engine, whose architecture is arch, in Go's words. It is there, pulled, or made with
// all workload images.
func Ensure(ctx context.Context, arch string) (ref string, err error) {
	image, err := Of()
	if err != nil {
		return "", err
	}
	_, _, err = image.Ensure(ctx, func(ctx context.Context) error { return makeImage(ctx, image, arch) })
	return image.Ref(), err
}

// Of is today's image: of this program and of today's workload images.
func Of() (ours.Image, error) {
	inputs, err := stage.Files(sources)
	if err != nil {
		return ours.Image{}, err
	}
	images, err := workload.Inputs()
	return ours.Image{Name: "mirror", Tag: stage.Digest(append(inputs, images)...)}, err
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
	_, err = onengine.Import(ctx, tree, image.Ref(), arch, image.Label(), fmt.Sprintf(`ENTRYPOINT ["/%s", ":%d", "/%s"]`, program, Port, folder))
	return err
}

func compile(ctx context.Context, arch string) (binary []byte, err error) {
	tmp, err := os.MkdirTemp("", "gateproof-mirror-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	out := filepath.Join(tmp, program)
	_, err = run.Cmd{
		Argv: []string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "github.com/gateproof/gateproof/clusters/image/mirror/served/mirror"},
		Env:  []string{"CGO_ENABLED=0", "GOOS=linux", "GOARCH=" + arch},
	}.Run(ctx)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}
