package rootfs

import (
	"fmt"
	"io"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// layer is a tree as an image's layer. It is not compressed: it is carried over local wires only, and unpacking it
// would cost more than copying it.
type layer struct {
	tree *Tree
	hash v1.Hash
	size int64
}

// newLayer reads the tree through once for its digest.
func newLayer(t *Tree) (*layer, error) {
	r, err := t.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	hash, size, err := v1.SHA256(r)
	if err != nil {
		return nil, fmt.Errorf("digest of a layer: %w", err)
	}
	return &layer{tree: t, hash: hash, size: size}, nil
}

func (l *layer) Digest() (v1.Hash, error)             { return l.hash, nil }
func (l *layer) DiffID() (v1.Hash, error)             { return l.hash, nil }
func (l *layer) Compressed() (io.ReadCloser, error)   { return l.tree.Open() }
func (l *layer) Uncompressed() (io.ReadCloser, error) { return l.tree.Open() }
func (l *layer) Size() (int64, error)                 { return l.size, nil }
func (l *layer) MediaType() (types.MediaType, error)  { return types.DockerUncompressedLayer, nil }
