package gobuild

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// tagged lists the folders with a Go file, tests apart, that contains the tag.
func tagged(fsys fs.FS, tag string) ([]string, error) {
	var found []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"vendor", "staging", "third_party", "testdata"}, d.Name()) {
			return fs.SkipDir
		}
		dir := path.Dir(name)
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || slices.Contains(found, dir) {
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if bytes.Contains(data, []byte(tag)) {
			found = append(found, dir)
		}
		return err
	})
	return found, err
}

// copyWritable copies a folder; the files of Go's module cache are read-only.
func copyWritable(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		return copyFile(name, filepath.Join(to, rel))
	})
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
