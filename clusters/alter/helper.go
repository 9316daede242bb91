package alter

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/run"
)

// compileHelper makes a static program of a C file in node/.
func compileHelper(ctx context.Context, name string, defines []string) (program []byte, err error) {
	if err := hostpkg.Install(ctx, "gcc", "libc6-dev"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gateproof-helper-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	source, err := onNode.ReadFile("node/" + name + ".c")
	if err != nil {
		return nil, err
	}
	in, out := filepath.Join(dir, name+".c"), filepath.Join(dir, name)
	if err := os.WriteFile(in, source, 0o644); err != nil {
		return nil, err
	}
	argv := []string{"gcc", "-Os", "-static", "-o", out, in}
	for _, d := range defines {
		argv = append(argv, "-D"+d)
	}
	if _, err := (run.Cmd{Argv: argv}).Run(ctx); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}
