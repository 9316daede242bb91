package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/e2e/prebuilt"
)

// program is the path of the probe, made where it is not there; remove takes away what was made.
func program(ctx context.Context) (path string, remove func(), err error) {
	if path, ok := prebuilt.Path(prebuilt.Probe); ok {
		return path, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "gateproof-look-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) } // the system's folder for what may go
	if err := prebuilt.Compile(ctx, dir, false, prebuilt.Probe); err != nil {
		remove()
		return "", nil, fmt.Errorf("%w; the command must be run in gateproof's repository", err)
	}
	return filepath.Join(dir, prebuilt.Probe), remove, nil
}
