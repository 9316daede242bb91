package gobuild

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
)

// static compiles a C program of a module, in the builder.
func (w work) static(ctx context.Context, p Program, arch, out string) error {
	mod, err := w.folder(ctx, p.Package)
	if err != nil {
		return err
	}
	in := &rootfs.Tree{}
	in.Put("main.c", rootfs.Entry{File: filepath.Join(mod, p.C)})
	return inBuilder(ctx, arch, builder.Job{In: in, Script: "gcc -Os -static -s -o main main.c\ncat main"}, out)
}

// withC builds a Go program that has parts in C. The builder gets what it takes to do that on its own: the sources as vendored packages, and
// Go for its architecture, which the module proxy has as a module.
func (w work) withC(ctx context.Context, m Module, p Program, arch, out string) error {
	wants := "//go:build tools\n\npackage tools\n\nimport _ \"" + p.Package + "\"\n"
	if err := os.WriteFile(filepath.Join(w.dir, "tools.go"), []byte(wants), 0o644); err != nil {
		return err
	}
	if err := w.run(ctx, "go", "mod", "vendor"); err != nil {
		return err
	}
	version, err := w.goRelease(ctx)
	if err != nil {
		return err
	}
	toolchain, err := w.downloaded(ctx, fmt.Sprintf("golang.org/toolchain@v0.0.1-%s.linux-%s", version, arch))
	if err != nil {
		return err
	}
	in := &rootfs.Tree{}
	for from, to := range map[string]string{w.dir: "src", toolchain: "go"} {
		if err := putFolder(in, from, to); err != nil {
			return err
		}
	}
	script := fmt.Sprintf(`exec 3>&1 >&2
export HOME=/root GOROOT=$PWD/go PATH=$PWD/go/bin:$PATH GOTOOLCHAIN=local GOFLAGS=-mod=vendor GOWORK=off CGO_ENABLED=1
cd src
go build -trimpath -buildvcs=false -tags=%s -ldflags='%s' -o /tmp/program %s
cat /tmp/program >&3`, strings.Join(p.Tags, ","), m.ldflags(), p.Package)
	return inBuilder(ctx, arch, builder.Job{In: in, Script: script}, out)
}

// putFolder puts the files of a folder into the tree. Those of a module have no mode: what Go starts of its own is found by its place.
func putFolder(tree *rootfs.Tree, from, to string) error {
	return fs.WalkDir(os.DirFS(from), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		mode := int64(0o644)
		if path.Dir(name) == "bin" || strings.HasPrefix(name, "pkg/tool/") {
			mode = 0o755
		}
		tree.Put(path.Join(to, name), rootfs.Entry{File: filepath.Join(from, name), Mode: mode})
		return nil
	})
}

// inBuilder writes a job's result as a program.
func inBuilder(ctx context.Context, arch string, job builder.Job, out string) error {
	b, err := builder.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	var program bytes.Buffer
	if err := b.Run(ctx, job, &program); err != nil {
		return err
	}
	return os.WriteFile(out, program.Bytes(), 0o755)
}
