// Package folder makes folders of programs that are copied into nodes as they are: no node image is built for them.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/image/debroot"
	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Folder is where the programs come from. Files of ours are laid beside them.
type Folder struct {
	Root          *debroot.Root   `yaml:"root"` // Debian packages that have them
	Keep          []string        `yaml:"keep"` // paths in Root
	Module        *gobuild.Module `yaml:"module"`
	ModuleVersion string          `yaml:"moduleVersion"`
}

// Validate names what is missing.
func (f Folder) Validate() error {
	if f.Root == nil && f.Module == nil {
		return errors.New("neither packages nor a module have its programs")
	}
	if f.Root != nil {
		if err := f.Root.Validate(); err != nil {
			return fmt.Errorf("root: %w", err)
		}
		if len(f.Keep) == 0 {
			return errors.New("keep: nothing of root is kept")
		}
	}
	if f.Module != nil {
		return f.Module.Validate()
	}
	return nil
}

// Changes says what of the module is not as it was released, one sentence a change.
func (f Folder) Changes() []string {
	if f.Module == nil {
		return nil
	}
	var out []string
	for _, p := range f.Module.Patches {
		out = append(out, fmt.Sprintf("%s: %q is %q: %s", p.File, p.From, p.To, p.Why))
	}
	return out
}

// Ensure returns the folder on this machine, with own, which may be of no files, and texts beside the programs, for an architecture, in Go's words; it is
// made once and kept in the cache under that name. inputs are what else decides it.
func (f Folder) Ensure(ctx context.Context, name, arch string, own fs.FS, texts map[string]string, inputs ...any) (string, error) {
	goVersion, err := "", error(nil)
	if f.Module != nil {
		if goVersion, err = gobuild.GoVersion(ctx); err != nil {
			return "", err
		}
	}
	files, err := stage.Files(own)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	inputs = append(append(files, inputs...), texts, goVersion, arch)
	return stage.Ensure(ctx, "runtime-"+name, stage.Digest(inputs...), func(ctx context.Context, dir string) (err error) {
		step := progress.Start(ctx, "make the runtime "+name)
		defer step.End(&err)
		if err := f.unpack(ctx, dir, name, arch); err != nil {
			return err
		}
		if err := f.programs(ctx, dir, goVersion, arch); err != nil {
			return err
		}
		for name, text := range texts {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				return err
			}
		}
		return put(own, dir)
	})
}

// unpack leaves what is kept of the Debian packages in dir.
func (f Folder) unpack(ctx context.Context, dir, name, arch string) error {
	if f.Root == nil {
		return nil
	}
	tar, err := f.Root.Ensure(ctx, "root-"+name, arch)
	if err != nil {
		return err
	}
	argv := []string{"tar", "--extract", "--no-same-owner", "--file=" + tar, "--directory=" + dir}
	for _, path := range f.Keep {
		argv = append(argv, "./"+path)
	}
	_, err = run.Output(ctx, argv...)
	return err
}

// programs puts the module's programs into dir/bin.
func (f Folder) programs(ctx context.Context, dir, goVersion, arch string) error {
	if f.Module == nil {
		return nil
	}
	built, err := f.Module.Ensure(ctx, goVersion, arch)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		return err
	}
	for _, p := range f.Module.Programs {
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
