package gobuild

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// format is part of every build's digest: raise it when a change of this package changes what is built.
const format = 1

// Ensure returns the folder with the module's programs; it is kept in the cache, for that Go version.
// Beside it only Go's own caches of modules and builds are used.
func (m Module) Ensure(ctx context.Context, goVersion string) (string, error) {
	digest := stage.Digest(format, goVersion, m)
	return stage.Ensure(ctx, m.stageName(), digest, func(ctx context.Context, dir string) error {
		err := m.build(ctx, dir, goVersion)
		return diskfull.Explain(err, func() []diskfull.Place { return append(goPlaces(ctx), stage.Place()) })
	})
}

func (m Module) stageName() string {
	if m.Version == "" {
		return m.Name
	}
	return m.Name + "-" + m.Version
}

func (m Module) build(ctx context.Context, dir, goVersion string) error {
	if err := hostpkg.Install(ctx, append([]string{"gcc", "libc6-dev"}, m.Packages...)...); err != nil {
		return err
	}
	m, err := m.resolve(ctx, goVersion)
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
		if err := w.program(ctx, m, p, filepath.Join(dir, p.Name())); err != nil {
			return err
		}
	}
	return os.RemoveAll(w.dir)
}

func (w work) program(ctx context.Context, m Module, p Program, out string) (err error) {
	step := progress.Start(ctx, strings.TrimSpace("build "+p.Name()+" "+m.Version))
	defer step.End(&err)
	if p.C != "" {
		return w.static(ctx, p, out)
	}
	cgo := "CGO_ENABLED=0"
	if p.CGO {
		cgo = "CGO_ENABLED=1"
	}
	_, err = run.Cmd{
		Argv: []string{"go", "build", "-trimpath", "-tags=" + strings.Join(p.Tags, ","), "-ldflags=" + m.ldflags(), "-o", out, p.Package},
		Dir:  w.dir, Env: append(goEnv(), cgo),
	}.Run(ctx)
	return err
}

// static compiles a C program.
func (w work) static(ctx context.Context, p Program, out string) error {
	mod, err := w.folder(ctx, p.Package)
	if err != nil {
		return err
	}
	_, err = run.Cmd{Argv: []string{"gcc", "-Os", "-static", "-s", "-o", out, filepath.Join(mod, p.C)}}.Run(ctx)
	return err
}
