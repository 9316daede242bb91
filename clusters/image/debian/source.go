package debian

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/progress"
)

// Source fetches the files of a suite's source package into the folder dir, which must exist, and returns the path of the
// .dsc among them. Unpacking them is dpkg-source's work.
func (a Archive) Source(ctx context.Context, suite, name, dir string) (dsc string, err error) {
	step := progress.Start(ctx, "fetch the source of "+name)
	defer step.End(&err)
	s, err := a.suite(ctx, suite, step.Note)
	if err != nil {
		return "", err
	}
	from, fields, err := s.source(ctx, name)
	if err != nil {
		return "", err
	}
	files, err := parseSums(fields["Checksums-Sha256"])
	if err != nil {
		return "", fmt.Errorf("source package %s of suite %s: %w", name, suite, err)
	}
	for _, listed := range slices.Sorted(maps.Keys(files)) {
		f, base := files[listed], path.Base(listed)
		f.path = path.Join(fields["Directory"], base)
		data, err := from.archive.checked(ctx, f)
		if err != nil {
			return "", fmt.Errorf("source package %s: %w", name, err)
		}
		to := filepath.Join(dir, base)
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return "", err
		}
		if strings.HasSuffix(base, ".dsc") {
			dsc = to
		}
	}
	if dsc == "" {
		return "", fmt.Errorf("source package %s of suite %s has no .dsc among its %d files", name, suite, len(files))
	}
	return dsc, nil
}

// source returns the fields of a source package's newest version.
func (s suite) source(ctx context.Context, name string) (from *release, found map[string]string, err error) {
	err = s.each(ctx, "main/source/Sources", func(r *release, fields map[string]string) error {
		// Extra-Source-Only: kept for what was once built with it.
		if fields["Package"] != name || fields["Extra-Source-Only"] == "yes" {
			return nil
		}
		if found == nil || later(fields["Version"], found["Version"]) {
			from, found = r, fields
		}
		return nil
	})
	if err == nil && found == nil {
		err = fmt.Errorf("suite %s has no source package %s; https://tracker.debian.org lists what there is", s[0].suite, name)
	}
	return from, found, err
}
