package mirror

import (
	"archive/tar"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/mirror/served"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/workload"
)

// The image's own folder, unpacked, is served as nodes ask for it.
func TestEveryImageIsServedUnderDockerHubsNameForIt(t *testing.T) {
	g := NewWithT(t)
	var images []workload.Image
	want := map[string]v1.Hash{}
	for _, name := range []string{"nginx", "busybox"} {
		img, err := random.Image(1024, 2)
		g.Expect(err).NotTo(HaveOccurred())
		path := filepath.Join(t.TempDir(), name)
		written, err := layout.Write(path, empty.Index)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(written.AppendImage(img)).To(Succeed())
		images = append(images, workload.Image{Name: name, Path: path})
		want[name], err = img.Digest()
		g.Expect(err).NotTo(HaveOccurred())
	}
	tree := &rootfs.Tree{}
	g.Expect(putLayout(tree, images)).To(Succeed())
	root := t.TempDir()
	stream, err := tree.Open()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(unpack(stream, root)).To(Succeed())

	handler, err := served.Handler(filepath.Join(root, folder))
	g.Expect(err).NotTo(HaveOccurred())
	server := httptest.NewServer(handler)
	defer server.Close()
	for image, digest := range want {
		ref, err := name.ParseReference(strings.TrimPrefix(server.URL, "http://")+"/library/"+image+":latest", name.Insecure)
		g.Expect(err).NotTo(HaveOccurred())
		pulled, err := remote.Image(ref)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(pulled.Digest()).To(Equal(digest))
		layers, err := pulled.Layers()
		g.Expect(err).NotTo(HaveOccurred())
		for _, layer := range layers {
			r, err := layer.Uncompressed()
			g.Expect(err).NotTo(HaveOccurred())
			_, err = io.Copy(io.Discard, r) // verified by its digest
			g.Expect(err).NotTo(HaveOccurred())
		}
	}
	none, err := name.ParseReference(strings.TrimPrefix(server.URL, "http://")+"/library/other:latest", name.Insecure)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = remote.Image(none)
	g.Expect(err).To(HaveOccurred())
}

func unpack(stream io.Reader, root string) error {
	for in := tar.NewReader(stream); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		path := filepath.Join(root, h.Name)
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(path, 0o755)
		} else {
			var data []byte
			if data, err = io.ReadAll(in); err == nil {
				err = os.WriteFile(path, data, 0o644)
			}
		}
		if err != nil {
			return err
		}
	}
}
