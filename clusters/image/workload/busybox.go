package workload

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/debian"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
)

// busybox is built from Debian's source package with upstream's defaults and the settings named here.
type busybox struct {
	Suite string   `yaml:"suite"`
	Set   []string `yaml:"set"` // CONFIG_X=y
}

// ensure returns the program and the names of its applets.
func (b busybox) ensure(ctx context.Context, arch string) (program string, applets []string, err error) {
	dir, err := stage.Ensure(ctx, "busybox", stage.Digest(format, b, arch), func(ctx context.Context, dir string) error { return b.build(ctx, dir, arch) })
	if err != nil {
		return "", nil, err
	}
	list, err := os.ReadFile(filepath.Join(dir, "applets"))
	return filepath.Join(dir, "busybox"), strings.Fields(string(list)), err
}

// build leaves the program and the list of its applets in dir.
func (b busybox) build(ctx context.Context, dir, arch string) (err error) {
	archive, err := debian.FromEnv()
	if err != nil {
		return err
	}
	source, err := os.MkdirTemp(dir, "source-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(source)) }()
	if _, err := archive.Source(ctx, b.Suite, "busybox", source); err != nil {
		return err
	}
	in := &rootfs.Tree{}
	if err := in.PutFS(os.DirFS(source), func(string) int64 { return 0o644 }); err != nil {
		return err
	}
	script, err := b.script()
	if err != nil {
		return err
	}
	made, err := builder.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	step := progress.Start(ctx, "build busybox")
	defer step.End(&err)
	var out bytes.Buffer
	if err := made.Run(ctx, builder.Job{In: in, Script: script}, &out); err != nil {
		return err
	}
	return unpack(&out, dir)
}

// script builds the program, and writes a tar of it and of the list.
func (b busybox) script() (string, error) {
	var s strings.Builder
	s.WriteString("exec 3>&1 >&2\ndpkg-source --no-check --extract *.dsc source\ncd source\nmake defconfig\n")
	for _, line := range b.Set {
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.ContainsAny(key+value, " '\"/&\\") {
			return "", fmt.Errorf("busybox: set: %q is not CONFIG_X=value", line)
		}
		fmt.Fprintf(&s, "grep --line-regexp '# %s is not set' .config || { echo '.config has no line to set %s' >&2; exit 1; }\n", key, line)
		fmt.Fprintf(&s, "sed -i 's/^# %s is not set$/%s/' .config\n", key, line)
	}
	s.WriteString("make --jobs=$(nproc) busybox\nmkdir ../made\nmv busybox ../made\ncd ../made\n./busybox --list >applets\ntar --create busybox applets >&3\n")
	return s.String(), nil
}

// unpack writes the files of a tar into a folder, as programs.
func unpack(stream io.Reader, dir string) error {
	for in := tar.NewReader(stream); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(h.Name)), data, 0o755); err != nil {
			return err
		}
	}
}
