package ociruntime

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Ensure returns the folder on this machine of the runtime for an architecture, in Go's words; it is made once and kept in the cache.
func (r Runtime) Ensure(ctx context.Context, arch string) (string, error) {
	goVersion, err := gobuild.GoVersion(ctx)
	if err != nil {
		return "", err
	}
	own, err := fs.Sub(files, "files/"+r.Program)
	if err != nil {
		return "", err
	}
	inputs, err := stage.Files(own)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // containerd needs none
		return "", err
	}
	return stage.Ensure(ctx, "runtime-"+r.Name, stage.Digest(append(inputs, r, goVersion, arch)...), func(ctx context.Context, dir string) (err error) {
		step := progress.Start(ctx, "make the runtime "+r.Name)
		defer step.End(&err)
		if err := r.unpack(ctx, dir, arch); err != nil {
			return err
		}
		if err := r.programs(ctx, dir, goVersion, arch); err != nil {
			return err
		}
		if v := r.ociVersion(); v != "" {
			if err := os.WriteFile(filepath.Join(dir, "oci-version"), []byte(v), 0o644); err != nil {
				return err
			}
		}
		return put(own, dir)
	})
}

// unpack leaves what is kept of the Debian packages in dir.
func (r Runtime) unpack(ctx context.Context, dir, arch string) error {
	if r.Root == nil {
		return nil
	}
	tar, err := r.Root.Ensure(ctx, "root-"+r.Name, arch)
	if err != nil {
		return err
	}
	argv := []string{"tar", "--extract", "--no-same-owner", "--file=" + tar, "--directory=" + dir}
	for _, path := range r.Keep {
		argv = append(argv, "./"+path)
	}
	_, err = run.Output(ctx, argv...)
	return err
}

// programs puts the module's programs into dir/bin.
func (r Runtime) programs(ctx context.Context, dir, goVersion, arch string) error {
	if r.Module == nil {
		return nil
	}
	built, err := r.Module.Ensure(ctx, goVersion, arch)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		return err
	}
	for _, p := range r.Module.Programs {
		// Both are in the cache, on one disk.
		if err := os.Link(filepath.Join(built, p.Name()), filepath.Join(dir, "bin", p.Name())); err != nil {
			return err
		}
	}
	return nil
}

// put copies files into dir, those in bin as programs: an embedded file has no mode to copy.
func put(own fs.FS, dir string) error {
	if err := os.CopyFS(dir, own); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	programs, err := fs.Glob(own, "bin/*")
	if err != nil {
		return err
	}
	for _, path := range programs {
		if err := os.Chmod(filepath.Join(dir, path), 0o755); err != nil {
			return err
		}
	}
	return nil
}
