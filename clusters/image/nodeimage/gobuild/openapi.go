package gobuild

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

const (
	generatedFile    = "zz_generated.openapi.go"
	openAPIGenerator = "k8s.io/kube-openapi/cmd/openapi-gen"
)

// useGenerated makes the build use a copy of the module, with the package that it lacks.
func (w work) useGenerated(ctx context.Context, m Module, goVersion string) error {
	g := *m.OpenAPI
	dir, err := stage.Ensure(ctx, "openapi-"+m.stageName(), stage.Digest(format, goVersion, m.Mod, m.Sum, g),
		func(ctx context.Context, dir string) error { return m.generate(ctx, dir) })
	if err != nil {
		return err
	}
	copied, err := w.copyOf(ctx, g.Module)
	if err != nil {
		return err
	}
	into := filepath.Join(copied, strings.TrimPrefix(g.Package, g.Module+"/"), generatedFile)
	return copyFile(filepath.Join(dir, generatedFile), into)
}

// generate runs the release's own generator and leaves the generated file in dir.
func (m Module) generate(ctx context.Context, dir string) (err error) {
	step := progress.Start(ctx, "generate the OpenAPI definitions of "+m.stageName())
	defer step.End(&err)
	g := *m.OpenAPI
	w, err := m.open(filepath.Join(dir, "work"))
	if err != nil {
		return err
	}
	original, err := w.folder(ctx, g.Module)
	if err != nil {
		return err
	}
	inputs, err := w.openAPIPackages(ctx, g.Module, m.stagingVersion())
	if err != nil {
		return err
	}
	generator := filepath.Join(w.dir, "openapi-gen")
	if err := w.run(ctx, "go", "build", "-trimpath", "-o", generator, openAPIGenerator); err != nil {
		return err
	}
	// It reads packages by Go's own, whose folder it would ask the command which for; not every host has that.
	root, err := run.Cmd{Argv: []string{"go", "env", "GOROOT"}, Dir: w.dir, Env: hostEnv()}.Run(ctx)
	if err != nil {
		return err
	}
	generate := run.Cmd{Dir: w.dir, Env: append(hostEnv(), "GOROOT="+strings.TrimSpace(root)), Argv: []string{
		generator, "-h", filepath.Join(original, g.Header), "-O", strings.TrimSuffix(generatedFile, ".go"),
		"-o", "gen", "-p", g.Package, "-r", "violations", "-i", strings.Join(inputs, ","),
	}}
	if _, err := generate.Run(ctx); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(w.dir, "gen", g.Package, generatedFile), filepath.Join(dir, generatedFile)); err != nil {
		return err
	}
	return os.RemoveAll(w.dir)
}

func (w work) run(ctx context.Context, argv ...string) error {
	_, err := run.Cmd{Argv: argv, Dir: w.dir, Env: hostEnv()}.Run(ctx)
	return err
}

// openAPIPackages finds what the generator has to read: the packages that ask for it, in the module itself and
// in those of its repository, which it replaces by their own releases.
func (w work) openAPIPackages(ctx context.Context, module, staging string) ([]string, error) {
	out, err := run.Cmd{
		Argv: []string{"go", "list", "-m", "-f",
			`{{if or (eq .Path "` + module + `") (and .Replace (eq .Replace.Version "` + staging + `"))}}{{.Path}}{{end}}`, "all"},
		Dir: w.dir, Env: hostEnv(),
	}.Run(ctx)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, m := range strings.Fields(out) {
		if !strings.HasPrefix(m, path.Dir(module)+"/") {
			continue
		}
		dir, err := w.folder(ctx, m)
		if err != nil {
			return nil, err
		}
		pkgs, err := tagged(os.DirFS(dir), "+k8s:openapi-gen=")
		if err != nil {
			return nil, err
		}
		for _, p := range pkgs {
			found = append(found, path.Join(m, p))
		}
	}
	slices.Sort(found)
	return found, nil
}
