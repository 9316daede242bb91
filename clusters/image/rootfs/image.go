package rootfs

import (
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
)

// Image makes a container image of one layer, for an architecture, in Go's words. What the tree refers to must
// stay until the image has been written.
func (t *Tree) Image(arch string, config v1.Config) (v1.Image, error) {
	l, err := newLayer(t)
	if err != nil {
		return nil, err
	}
	created := v1.Time{Time: Epoch}
	img, err := mutate.Append(empty.Image, mutate.Addendum{Layer: l, History: v1.History{Created: created}})
	if err != nil {
		return nil, err
	}
	file, err := img.ConfigFile()
	if err != nil {
		return nil, err
	}
	file = file.DeepCopy()
	file.Architecture, file.OS, file.Created, file.Config = arch, "linux", created, config
	return mutate.ConfigFile(img, file)
}
