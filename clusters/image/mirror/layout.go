package mirror

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"github.com/gateproof/gateproof/clusters/image/mirror/served"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/workload"
)

// putLayout puts all images into the tree as one OCI layout.
func putLayout(tree *rootfs.Tree, images []workload.Image) error {
	list := v1.IndexManifest{SchemaVersion: 2, MediaType: types.OCIImageIndex}
	for _, image := range images {
		img, err := image.Load()
		if err != nil {
			return err
		}
		about, err := partial.Descriptor(img)
		if err != nil {
			return fmt.Errorf("image %s in %s: %w", image.Name, image.Path, err)
		}
		about.Annotations = map[string]string{served.RefName: image.Name}
		list.Manifests = append(list.Manifests, *about)
		if err := putBlobs(tree, image.Path); err != nil {
			return err
		}
	}
	index, err := json.Marshal(list)
	if err != nil {
		return err
	}
	tree.Put(folder+"/index.json", rootfs.Entry{Data: index})
	tree.Put(folder+"/oci-layout", rootfs.Entry{Data: []byte(`{"imageLayoutVersion":"1.0.0"}`)})
	return nil
}

func putBlobs(tree *rootfs.Tree, layout string) error {
	return fs.WalkDir(os.DirFS(layout), "blobs", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return errors.New(name + " is not a file")
		}
		tree.Put(folder+"/"+name, rootfs.Entry{File: filepath.Join(layout, name)})
		return nil
	})
}
