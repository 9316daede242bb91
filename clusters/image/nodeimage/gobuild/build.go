package gobuild

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// format is part of the digest of every build and of what has one in it: raise its number when a change of this package changes what is built.
var format = []any{1, builder.Format}

// Ensure returns the folder with the module's programs for Linux on an architecture, in Go's words; it is kept in the cache, for that Go version.
// Beside it only Go's own caches of modules and builds are used. What has parts in C is built in the builder.
func (m Module) Ensure(ctx context.Context, goVersion, arch string) (string, error) {
	digest := stage.Digest(goVersion, arch, m)
	return stage.Ensure(ctx, m.stageName(), digest, func(ctx context.Context, dir string) error {
		err := m.build(ctx, dir, goVersion, arch)
		return diskfull.Explain(err, func() []diskfull.Place { return append(goPlaces(ctx), stage.Place()) })
	})
}

func (m Module) stageName() string {
	if m.Version == "" {
		return m.Name
	}
	return m.Name + "-" + m.Version
}

func (m Module) build(ctx context.Context, dir, goVersion, arch string) error {
	m, err := m.resolve(ctx, goVersion, arch)
	if err != nil {
		return err
	}
	w, err := m.open(filepath.Join(dir, "work"))
	if err != nil {
		return err
	}
	if m.OpenAPI != nil {
		if err := w.useGenerated(ctx, m, goVersion); err != nil {
			return err
		}
	}
	for _, p := range m.Patches {
		if err := w.patch(ctx, p); err != nil {
			return err
		}
	}
	for _, p := range m.Programs {
		if err := w.program(ctx, m, p, arch, filepath.Join(dir, p.Name())); err != nil {
			return err
		}
	}
	return os.RemoveAll(w.dir)
}

func (w work) program(ctx context.Context, m Module, p Program, arch, out string) (err error) {
	step := progress.Start(ctx, strings.TrimSpace("build "+p.Name()+" "+m.Version))
	defer step.End(&err)
	switch {
	case p.C != "":
		return w.static(ctx, p, arch, out)
	case p.CGO:
		return w.withC(ctx, m, p, arch, out)
	}
	_, err = run.Cmd{
		Argv: []string{"go", "build", "-trimpath", "-tags=" + strings.Join(p.Tags, ","), "-ldflags=" + m.ldflags(), "-o", out, p.Package},
		Dir:  w.dir, Env: Env(arch),
	}.Run(ctx)
	return err
}
