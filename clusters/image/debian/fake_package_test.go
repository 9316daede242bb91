package debian

import (
	"archive/tar"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"testing"

	. "github.com/onsi/gomega"
)

// fakePackage becomes a .deb. Its entries' content is their package's name.
type fakePackage struct {
	name    string
	fields  map[string]string // Version, Depends, ...; version 1 if none is given
	entries []tar.Header
}

func (p fakePackage) version() string { return cmp.Or(p.fields["Version"], "1") }

func pkg(name string, fields map[string]string, entries ...tar.Header) fakePackage {
	return fakePackage{name: name, fields: fields, entries: entries}
}

func needs(depends string) map[string]string { return map[string]string{"Depends": depends} }

func folder(name string, mode int64) tar.Header {
	return tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: mode}
}

func regular(name string, mode int64) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: mode, Gid: 42, Uname: "root", Gname: "shadow"}
}

func symlink(name, to string) tar.Header {
	return tar.Header{Typeflag: tar.TypeSymlink, Name: name, Linkname: to, Mode: 0o777}
}

func hardlink(name, to string) tar.Header {
	return tar.Header{Typeflag: tar.TypeLink, Name: name, Linkname: to, Mode: 0o644}
}

// tar are the entries as a .deb holds them.
func (p fakePackage) tar(t *testing.T) []byte {
	t.Helper()
	g := NewWithT(t)
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range p.entries {
		if h.Typeflag == tar.TypeReg {
			h.Size = int64(len(p.name))
		}
		g.Expect(w.WriteHeader(&h)).To(Succeed())
		if h.Typeflag == tar.TypeReg {
			_, err := io.WriteString(w, p.name)
			g.Expect(err).NotTo(HaveOccurred())
		}
	}
	g.Expect(w.Close()).To(Succeed())
	return out.Bytes()
}

func (p fakePackage) deb(t *testing.T) []byte {
	t.Helper()
	return ar("debian-binary", "2.0\n", "control.tar", "not read", "data.tar.xz", string(compress(t, string(p.tar(t)))))
}

// ar packs pairs of names and contents.
func ar(members ...string) []byte {
	out := bytes.NewBufferString("!<arch>\n")
	for ; len(members) > 0; members = members[2:] {
		fmt.Fprintf(out, "%-16s%-12d%-6d%-6d%-8s%-10d`\n%s", members[0], 0, 0, 0, "100644", len(members[1]), members[1])
		if len(members[1])%2 != 0 {
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// listing are the entries of a tar as "NAME MODE GID LINK OR CONTENT".
func listing(t *testing.T, data []byte) []string {
	t.Helper()
	g := NewWithT(t)
	var lines []string
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines
		}
		g.Expect(err).NotTo(HaveOccurred())
		content, err := io.ReadAll(r)
		g.Expect(err).NotTo(HaveOccurred())
		lines = append(lines, fmt.Sprintf("%s %o %d %s%s%s", h.Name, h.Mode, h.Gid, h.Uname, h.Linkname, content))
	}
}
