package gobuild

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/run"
)

// work is a folder that holds a module.
type work struct{ dir string }

func (m Module) open(dir string) (work, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return work{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), m.Mod, 0o644); err != nil {
		return work{}, err
	}
	return work{dir}, os.WriteFile(filepath.Join(dir, "go.sum"), m.Sum, 0o644)
}

// folder returns where a module's files are: in Go's module cache, or where it is replaced by a folder.
func (w work) folder(ctx context.Context, module string) (string, error) {
	list := run.Cmd{Argv: []string{"go", "list", "-m", "-f", "{{.Dir}}", module}, Dir: w.dir, Env: hostEnv()}
	out, err := list.Run(ctx)
	if err == nil && strings.TrimSpace(out) == "" { // not in the cache yet
		if err = w.run(ctx, "go", "mod", "download", module); err == nil {
			out, err = list.Run(ctx)
		}
	}
	return strings.TrimSpace(out), err
}

// Download returns the folder of one of the module's requirements in Go's module cache.
func (m Module) Download(ctx context.Context, module string) (dir string, err error) {
	scratch, err := os.MkdirTemp("", "gateproof-module-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	w, err := m.open(scratch)
	if err != nil {
		return "", err
	}
	dir, err = w.folder(ctx, module)
	return dir, diskfull.Explain(err, func() []diskfull.Place { return goPlaces(ctx) })
}

// GoVersion is that of the go command, such as go1.26.8.
func GoVersion(ctx context.Context) (string, error) {
	out, err := run.Cmd{Argv: []string{"go", "env", "GOVERSION"}, Dir: os.TempDir(), Env: hostEnv()}.Run(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("there is no go command in PATH, and node images are built with it; install Go from https://go.dev/dl")
	}
	return strings.TrimSpace(out), err
}

// goPlaces are the folders that the go command fills.
func goPlaces(ctx context.Context) []diskfull.Place {
	out, err := run.Output(context.WithoutCancel(ctx), "go", "env", "GOCACHE", "GOMODCACHE")
	dirs := strings.Fields(out)
	if err != nil || len(dirs) != 2 {
		return nil
	}
	return []diskfull.Place{
		{Dir: dirs[0], Remedy: "free some space there (go clean -cache) or set GOCACHE to a folder on a larger disk"},
		{Dir: dirs[1], Remedy: "free some space there (go clean -modcache) or set GOMODCACHE to a folder on a larger disk"},
		{Dir: os.TempDir(), Remedy: "free some space there or set TMPDIR to a folder with more"},
	}
}
