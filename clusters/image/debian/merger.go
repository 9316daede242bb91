package debian

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
)

// merger makes one tar of several: the first that has a path wins, and folders are merged.
type merger struct {
	*tar.Writer
	seen  map[string]entry
	links links // those written
}

// entry is what was written at a path.
type entry struct {
	typeflag byte
	from     string // the package
}

func newMerger(w io.Writer) *merger {
	return &merger{Writer: tar.NewWriter(w), seen: map[string]entry{}, links: links{}}
}

// add copies the entries of a package.
func (m *merger) add(from string, in *tar.Reader) error {
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := m.put(from, h, in); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
	}
}

func (m *merger) put(from string, h *tar.Header, content io.Reader) error {
	name, err := m.links.real(h.Name)
	if err != nil {
		return err
	}
	if first, ok := m.seen[name]; ok {
		return fits(first, h.Typeflag)
	}
	m.seen[name] = entry{h.Typeflag, from}
	// Without the names of owners: unpacking goes by the numbers, which are the root's own.
	out := &tar.Header{Typeflag: h.Typeflag, Name: "./" + name, Linkname: h.Linkname, Size: h.Size, Mode: h.Mode,
		Uid: h.Uid, Gid: h.Gid, ModTime: h.ModTime, Devmajor: h.Devmajor, Devminor: h.Devminor}
	switch h.Typeflag {
	case tar.TypeDir:
		if name != "" {
			out.Name += "/"
		}
	case tar.TypeSymlink:
		m.links[name] = h.Linkname
	case tar.TypeLink:
		to, err := m.links.real(h.Linkname)
		if err != nil {
			return err
		}
		out.Linkname = "./" + to
	}
	if err := m.WriteHeader(out); err != nil {
		return err
	}
	_, err = io.Copy(m, content)
	return err
}

// fits says whether what comes second can be left out: a folder's entries go into the folder that is there, or where a link
// that is there leads to; files are the first package's.
func fits(first entry, second byte) error {
	isDir := first.typeflag == tar.TypeDir
	if isDir == (second == tar.TypeDir) || first.typeflag == tar.TypeSymlink {
		return nil
	}
	return fmt.Errorf("a folder in one package and not in another, %s: they cannot be in one root file system", first.from)
}
