package gobuild

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Release is a published module whose own go.mod and go.sum pin what it is built with: every version of it can be
// built without files of ours. Go's checksum database vouches for them.
type Release struct {
	Module string `yaml:"module"` // k8s.io/kubernetes
	// Replace is what the release's pins must give way to: module: another module's path and version.
	Replace map[string]string `yaml:"replace"`
}

func (r Release) validate() error {
	if r.Module == "" {
		return fmt.Errorf("release: module is missing")
	}
	for from, to := range r.Replace {
		if len(strings.Fields(to)) != 2 {
			return fmt.Errorf("release: %s is replaced by %q, which is not a path and a version", from, to)
		}
	}
	return nil
}

// stagingPrefix is where Kubernetes' repository keeps the modules that it publishes beside k8s.io/kubernetes: those of
// v1.37.2 as v0.37.2.
const stagingPrefix = "./staging/src/"

func (m Module) stagingVersion() string { return "v0." + strings.TrimPrefix(m.Version, "v1.") }

// resolve adds go.mod and go.sum where they are the release's own, with the sums that a build for an architecture needs.
func (m Module) resolve(ctx context.Context, goVersion, arch string) (Module, error) {
	if m.Mod != nil || m.Release == nil {
		return m, nil
	}
	dir, err := stage.Ensure(ctx, "gomod-"+m.stageName(), stage.Digest(goVersion, arch, m),
		func(ctx context.Context, dir string) error { return m.deriveIn(ctx, dir, arch) })
	if err != nil {
		return m, err
	}
	if m.Mod, err = os.ReadFile(filepath.Join(dir, "go.mod")); err != nil {
		return m, err
	}
	m.Sum, err = os.ReadFile(filepath.Join(dir, "go.sum"))
	return m, err
}

// deriveIn leaves go.mod and go.sum in dir: the release's, made those of a main module that requires it.
func (m Module) deriveIn(ctx context.Context, dir, arch string) (err error) {
	step := progress.Start(ctx, "resolve the modules of "+m.stageName())
	defer step.End(&err)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module "+mainModule(m.Name)+"\n"), 0o644); err != nil {
		return err
	}
	w := work{dir}
	source, err := w.downloaded(ctx, m.Release.Module+"@"+m.Version)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		return err
	}
	if m.Mod, err = m.derive(text); err != nil {
		return err
	}
	if m.Sum, err = os.ReadFile(filepath.Join(source, "go.sum")); err != nil {
		return err
	}
	if _, err := m.open(dir); err != nil {
		return err
	}
	argv := []string{"go", "list", "-mod=mod", "-deps"}
	for _, p := range m.Programs {
		if p.C == "" {
			argv = append(argv, p.Package)
		}
	}
	if m.OpenAPI != nil {
		argv = append(argv, openAPIGenerator)
	}
	// It adds the sums that the release itself does not need. The list is not wanted, only what is amiss.
	_, err = run.Cmd{Argv: argv, Dir: dir, Env: Env(arch), Stdout: io.Discard}.Run(ctx)
	return err
}

// downloaded is a module's folder in Go's module cache.
func (w work) downloaded(ctx context.Context, version string) (string, error) {
	out, err := run.Cmd{Argv: []string{"go", "mod", "download", "-json", version}, Dir: w.dir, Env: hostEnv()}.Run(ctx)
	if err != nil {
		return "", err
	}
	var answer struct{ Dir string }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || answer.Dir == "" {
		return "", fmt.Errorf("go mod download %s answered %q", version, out)
	}
	return answer.Dir, nil
}

func mainModule(name string) string { return "gateproof.build/" + name }

// derive makes the release's go.mod that of a main module with the same pins.
func (m Module) derive(text []byte) ([]byte, error) {
	f, err := modfile.Parse(m.Release.Module+"/go.mod", text, nil)
	if err != nil {
		return nil, err
	}
	if err := f.AddModuleStmt(mainModule(m.Name)); err != nil {
		return nil, err
	}
	if err := f.AddRequire(m.Release.Module, m.Version); err != nil {
		return nil, err
	}
	for _, r := range f.Replace {
		if path, ok := strings.CutPrefix(r.New.Path, stagingPrefix); ok {
			if err := f.AddReplace(r.Old.Path, r.Old.Version, path, m.stagingVersion()); err != nil {
				return nil, err
			}
		}
	}
	for from, to := range m.Release.Replace {
		words := strings.Fields(to)
		if err := f.AddReplace(from, "", words[0], words[1]); err != nil {
			return nil, err
		}
	}
	f.Cleanup()
	return f.Format()
}
