package rootfs

import (
	"archive/tar"
	"bytes"
	"io"
	"os"
	"path"
)

// writer adds entries with the folders above them.
type writer struct {
	*tar.Writer
	seen map[string]bool // paths written, of folders and of links to folders alike
}

func (w *writer) put(name string, e Entry) error {
	if w.seen[name] && e.Dir {
		return nil
	}
	if err := w.parents(name); err != nil {
		return err
	}
	w.seen[name] = true
	h := &tar.Header{Name: "./" + name, Mode: e.Mode, ModTime: Epoch}
	if h.Mode == 0 {
		h.Mode = 0o644
	}
	switch {
	case e.Dir:
		h.Typeflag, h.Name = tar.TypeDir, h.Name+"/"
		if e.Mode == 0 {
			h.Mode = 0o755
		}
	case e.Symlink != "":
		h.Typeflag, h.Linkname, h.Mode = tar.TypeSymlink, e.Symlink, 0o777
	case e.Hardlink != "":
		h.Typeflag, h.Linkname = tar.TypeLink, "./"+clean(e.Hardlink)
	case e.File != "":
		return w.file(h, e.File)
	default:
		return w.content(h, bytes.NewReader(e.Data), int64(len(e.Data)))
	}
	return w.WriteHeader(h)
}

func (w *writer) parents(name string) error {
	dir := path.Dir(name)
	if w.seen[dir] {
		return nil
	}
	return w.put(dir, Entry{Dir: true})
}

func (w *writer) file(h *tar.Header, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return w.content(h, f, info.Size())
}

func (w *writer) content(h *tar.Header, r io.Reader, size int64) error {
	h.Typeflag, h.Size = tar.TypeReg, size
	if err := w.WriteHeader(h); err != nil {
		return err
	}
	_, err := io.Copy(w, r)
	return err
}
