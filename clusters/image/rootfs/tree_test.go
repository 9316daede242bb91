package rootfs

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	. "github.com/onsi/gomega"
)

// base writes a tar like mmdebstrap's.
func base(t *testing.T) string {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, h := range []tar.Header{
		{Name: "./", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "./etc/", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "./etc/hostname", Typeflag: tar.TypeReg, Mode: 0o644},
		{Name: "./etc/motd", Typeflag: tar.TypeReg, Mode: 0o644},
		{Name: "./sbin", Typeflag: tar.TypeSymlink, Linkname: "usr/sbin"},
		{Name: "./usr/share/doc/", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "./usr/share/doc/a/b", Typeflag: tar.TypeReg, Mode: 0o644},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "base.tar")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func listing(t *testing.T, tree *Tree) []string {
	t.Helper()
	var buf bytes.Buffer
	if err := tree.Write(&buf); err != nil {
		t.Fatal(err)
	}
	var names []string
	for r := tar.NewReader(&buf); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		if !h.ModTime.Equal(Epoch) {
			t.Errorf("%s was modified at %s", h.Name, h.ModTime)
		}
		names = append(names, strings.TrimSpace(h.Name+" "+h.Linkname))
	}
}

func TestTreeDropsReplacesAndAdds(t *testing.T) {
	g := NewWithT(t)
	tree := &Tree{Base: base(t), Drop: []string{"usr/share/doc/*"}}
	tree.Put("/etc/motd", Entry{Data: []byte("hello")})
	tree.Put("opt/cni/bin/ptp", Entry{Symlink: "/usr/lib/cni/ptp"})
	tree.Put("sbin/init", Entry{Data: []byte("#!")})
	tree.Put("etc", Entry{Dir: true})
	g.Expect(listing(t, tree)).To(Equal([]string{
		"./", "./etc/", "./sbin usr/sbin", "./usr/share/doc/",
		"./etc/motd", "./opt/", "./opt/cni/", "./opt/cni/bin/", "./opt/cni/bin/ptp /usr/lib/cni/ptp", "./sbin/init",
	}))
}

func TestEqualTreesMakeEqualImages(t *testing.T) {
	g := NewWithT(t)
	digest := func(order ...string) v1.Hash {
		tree := &Tree{}
		for _, name := range order {
			tree.Put(name, Entry{Data: []byte(name)})
		}
		img, err := tree.Image("amd64", v1.Config{Cmd: []string{"a"}})
		g.Expect(err).NotTo(HaveOccurred())
		d, err := img.Digest()
		g.Expect(err).NotTo(HaveOccurred())
		return d
	}
	g.Expect(digest("a", "b/c")).To(Equal(digest("b/c", "a")))
	g.Expect(digest("a")).NotTo(Equal(digest("b")))
}

func TestMissingFileIsNamed(t *testing.T) {
	tree := &Tree{}
	tree.Put("bin/x", Entry{File: "/no/such/file"})
	NewWithT(t).Expect(tree.Write(io.Discard)).To(MatchError(And(ContainSubstring("file bin/x"), ContainSubstring("/no/such/file"))))
}
