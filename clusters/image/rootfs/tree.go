package rootfs

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// Epoch is the modification time of every file: equal inputs give equal bytes.
var Epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// alwaysDropped are device nodes, which a container gets from its runtime, and what mmdebstrap copies from this machine.
var alwaysDropped = []string{"dev/*", "etc/hostname", "etc/resolv.conf"}

// Tree is a file system: a base, less what is dropped, under what is put in. Paths have no leading slash.
type Tree struct {
	Base    string   // a tar file, or none
	Drop    []string // patterns of path.Match; a folder goes with all that is in it
	entries map[string]Entry
}

// Entry is one file, symbolic link, hard link or folder; of Data, File, Symlink and Hardlink at most one is set.
type Entry struct {
	Mode     int64  // permissions; 0 means 0644, and 0755 for a folder
	Data     []byte // a file's content
	File     string // where on this machine a file's content is
	Symlink  string
	Hardlink string // an entry's path, before this one in alphabetical order
	Dir      bool
}

// Put adds or replaces an entry.
func (t *Tree) Put(name string, e Entry) {
	if t.entries == nil {
		t.entries = map[string]Entry{}
	}
	t.entries[clean(name)] = e
}

// PutFS adds the files of a file system at their paths, with the mode that modeOf gives each.
func (t *Tree) PutFS(fsys fs.FS, modeOf func(name string) int64) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		t.Put(name, Entry{Data: data, Mode: modeOf(name)})
		return err
	})
}

// Data returns the content of a file that was put in as data.
func (t *Tree) Data(name string) ([]byte, error) {
	e, ok := t.entries[clean(name)]
	if !ok || e.Data == nil {
		return nil, fmt.Errorf("%s was not put into the tree", name)
	}
	return e.Data, nil
}

// Open returns the tree as a tar stream; the same tree gives the same bytes each time.
func (t *Tree) Open() (io.ReadCloser, error) {
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(t.Write(w)) }() // the reader sees the error
	return r, nil
}

// Write writes the tree as a tar stream.
func (t *Tree) Write(w io.Writer) error {
	out := &writer{Writer: tar.NewWriter(w), seen: map[string]bool{".": true}}
	if t.Base != "" {
		if err := t.copyBase(out); err != nil {
			return fmt.Errorf("root file system %s: %w", t.Base, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.entries)) {
		if err := out.put(name, t.entries[name]); err != nil {
			return fmt.Errorf("file %s: %w", name, err)
		}
	}
	return out.Close()
}

func (t *Tree) copyBase(out *writer) error {
	f, err := os.Open(t.Base)
	if err != nil {
		return err
	}
	defer f.Close()
	drop := append(slices.Clone(alwaysDropped), t.Drop...)
	for in := tar.NewReader(f); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := clean(h.Name)
		if e, replaced := t.entries[name]; (replaced && !e.Dir) || matches(drop, name) {
			continue
		}
		h.ModTime, h.AccessTime, h.ChangeTime = Epoch, time.Time{}, time.Time{}
		out.seen[name] = true
		if err := out.WriteHeader(h); err != nil {
			return err
		}
		if _, err := io.Copy(out, in); err != nil {
			return err
		}
	}
}

// matches tells whether a pattern matches the path or a folder that it is in.
func matches(patterns []string, name string) bool {
	for ; name != "."; name = path.Dir(name) {
		for _, p := range patterns {
			if ok, _ := path.Match(p, name); ok {
				return true
			}
		}
	}
	return false
}

func clean(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }
