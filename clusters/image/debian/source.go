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
	r, err := a.release(ctx, suite)
	if err != nil {
		return "", err
	}
	fields, err := r.source(ctx, name)
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
		data, err := a.checked(ctx, f)
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
func (r *release) source(ctx context.Context, name string) (map[string]string, error) {
	const list = "main/source/Sources"
	data, err := r.fetch(ctx, list)
	if err != nil {
		return nil, err
	}
	var found map[string]string
	for fields, err := range paragraphs(data) {
		if err != nil {
			return nil, fmt.Errorf("%s of suite %s: %w", list, r.suite, err)
		}
		// Extra-Source-Only: kept for what was once built with it.
		if fields["Package"] != name || fields["Extra-Source-Only"] == "yes" {
			continue
		}
		if found == nil || later(fields["Version"], found["Version"]) {
			found = fields
		}
	}
	if found == nil {
		return nil, fmt.Errorf("suite %s has no source package %s; https://tracker.debian.org lists what there is", r.suite, name)
	}
	return found, nil
}
