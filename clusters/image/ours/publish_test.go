package ours

import (
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	. "github.com/onsi/gomega"
)

// imageFor is an image without a file, for an architecture.
func imageFor(g Gomega, arch string) v1.Image {
	img, err := mutate.ConfigFile(empty.Image, &v1.ConfigFile{OS: "linux", Architecture: arch, RootFS: v1.RootFS{Type: "layers"}})
	g.Expect(err).NotTo(HaveOccurred())
	return img
}

func TestIndexHasEachArchitecturesOwnImage(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	i := Image{Name: "builder", Tag: "abc"}
	ref := func(suffix string) name.Reference {
		r, err := name.ParseReference(host + "/" + i.String() + suffix)
		g.Expect(err).NotTo(HaveOccurred())
		return r
	}
	// Some engines push an index of the one image, and of what is known about it.
	pushed := v1.ImageIndex(empty.Index)
	for _, arch := range []string{"unknown", "arm64"} {
		pushed = mutate.AppendManifests(pushed, mutate.IndexAddendum{Add: imageFor(g, arch),
			Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: arch}}})
	}
	g.Expect(remote.WriteIndex(ref("-arm64"), pushed)).To(Succeed())
	_, err := i.Index(t.Context(), host)
	g.Expect(err).NotTo(HaveOccurred())
	img, err := remote.Image(ref(""), remote.WithPlatform(v1.Platform{OS: "linux", Architecture: "arm64"}))
	g.Expect(err).NotTo(HaveOccurred())
	want, err := imageFor(g, "arm64").Digest()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(img.Digest()).To(Equal(want))

	g.Expect(remote.Write(ref("-amd64"), imageFor(g, "arm64"))).To(Succeed())
	_, err = i.Index(t.Context(), host)
	g.Expect(err).To(MatchError(ContainSubstring("builder:abc-amd64 is an image for arm64")))
}
