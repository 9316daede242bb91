package sonobuoy

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
)

// handOver packs the reports, and then names the archive in the file done.
func handOver(reports, results string) error {
	if err := os.MkdirAll(results, 0o755); err != nil {
		return err
	}
	archive := filepath.Join(results, "reports.tar.gz")
	if err := pack(reports, archive); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(results, "done"), []byte(archive), 0o644)
}

func pack(dir, to string) (err error) {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	gz := gzip.NewWriter(f)
	archive := tar.NewWriter(gz)
	return errors.Join(archive.AddFS(os.DirFS(dir)), archive.Close(), gz.Close())
}
