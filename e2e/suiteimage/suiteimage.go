// Package suiteimage makes the suite's own container image: this program and nothing else. A cluster can run it, as Sonobuoy does; it has no
// Go, no source and no shell.
package suiteimage

import (
	"context"
	"os"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"

	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
)

// imageName is the image's in a registry.
const imageName = "gateproof"

// Wanted says what the image is made of and where it goes: to a registry or a file.
type Wanted struct {
	Programs []string // paths, one for each architecture; none for this program
	Registry string   // HOST/PATH
	Tags     []string // at least one; a file has the first
	File     string   // to write as a docker archive, which docker load and ctr images import read
}

// Make makes the image; in a registry it is an index of all programs' architectures, whose digest it returns.
func Make(ctx context.Context, w Wanted) (digest string, err error) {
	if (w.Registry == "") == (w.File == "") {
		return "", input.Errorf("name where the image shall go, one of the two: --image-registry HOST/PATH (IMAGE_REGISTRY), --file image.tar")
	}
	registry := w.Registry
	if registry == "" {
		registry = "localhost"
	}
	var to []name.Tag
	for _, tag := range w.Tags {
		one, err := name.NewTag(registry + "/" + imageName + ":" + tag)
		if err != nil {
			return "", input.Errorf("no image of that name can be: %w", err)
		}
		to = append(to, one)
	}
	if len(w.Programs) == 0 {
		self, err := os.Executable()
		if err != nil {
			return "", err
		}
		w.Programs = []string{self}
	}
	if w.File != "" {
		return "", write(w.Programs, to[0], w.File)
	}
	return push(ctx, w.Programs, to)
}

func write(programs []string, to name.Tag, file string) error {
	if len(programs) > 1 {
		return input.Errorf("a file holds one architecture's image: name one program")
	}
	image, _, err := build(programs[0])
	if err != nil {
		return err
	}
	return tarball.WriteToFile(file, to, image)
}

func push(ctx context.Context, programs []string, to []name.Tag) (digest string, err error) {
	index := v1.ImageIndex(empty.Index)
	for _, program := range programs {
		image, arch, err := build(program)
		if err != nil {
			return "", err
		}
		index = ours.With(index, image, arch)
	}
	for _, tag := range to {
		if err := pushAs(ctx, index, tag); err != nil {
			return "", err
		}
	}
	hash, err := index.Digest()
	return hash.String(), err
}

func pushAs(ctx context.Context, index v1.ImageIndex, to name.Tag) (err error) {
	step := progress.Start(ctx, "push "+to.String())
	defer step.End(&err)
	if err := remote.WriteIndex(to, index, remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)); err != nil {
		return ours.NotPushed(to, err)
	}
	return nil
}
