package gobuild

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/run"
)

// Compile builds a static program for an architecture, in Go's words: what is a package, or a Go file, as a go command in dir knows it.
func Compile(ctx context.Context, dir, what, arch string, flags ...string) (program []byte, err error) {
	tmp, err := os.MkdirTemp("", "gateproof-program-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	out := filepath.Join(tmp, "program")
	argv := append(append([]string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", out}, flags...), what)
	if _, err := (run.Cmd{Argv: argv, Dir: dir, Env: Env(arch)}).Run(ctx); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}
