package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine/bounding"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/run"
)

// wrapper is the OCI runtime that asks runc for no more than the bounding set holds.
const wrapper = "github.com/gateproof/gateproof/clusters/cmd/boundedrunc"

// boundedRuntime builds the wrapper where this machine needs it and returns its path, "" where it does not. The
// name carries the content's hash: a running engine keeps the file it was started with.
func boundedRuntime(ctx context.Context) (string, error) {
	lacking, err := lackingCapabilities()
	if err != nil || len(lacking) == 0 {
		return "", err
	}
	path, err := buildWrapper(ctx)
	if err != nil {
		return "", &Unavailable{
			Reason: "the Docker engine needs a runtime that does without " + strings.Join(lacking, ", ") + ", and building it failed",
			Remedy: "run from a checkout of gateproof with the go command in PATH, or as a user whose capabilities are complete",
			Err:    err,
		}
	}
	return path, nil
}

func buildWrapper(ctx context.Context) (string, error) {
	dir := filepath.Join(paths.Cache(), "bin")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	root, err := moduleRoot(ctx)
	if err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "boundedrunc")
	_, err = run.Cmd{
		Argv: []string{"go", "build", "-trimpath", "-buildvcs=false", "-o", out, wrapper},
		Dir:  root,
		Env:  []string{"CGO_ENABLED=0", "GOOS=", "GOARCH=", "GOFLAGS=-mod=readonly"},
	}.Run(ctx)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(out)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	path := filepath.Join(dir, "boundedrunc-"+hex.EncodeToString(sum[:6]))
	return path, os.Rename(out, path)
}

// moduleRoot is where the wrapper's source is: the folder this file was compiled from, or, for a binary built with
// -trimpath, the module of the working directory.
func moduleRoot(ctx context.Context) (string, error) {
	if _, file, _, ok := runtime.Caller(0); ok {
		root := filepath.Join(filepath.Dir(file), "..", "..")
		if _, err := os.Stat(filepath.Join(root, "clusters/cmd/boundedrunc/main.go")); err == nil {
			return root, nil
		}
	}
	mod, err := run.Output(ctx, "go", "env", "GOMOD")
	if err != nil {
		return "", err
	}
	if mod = strings.TrimSpace(mod); mod == "" || mod == os.DevNull {
		return "", fmt.Errorf("the working directory is in no Go module")
	}
	return filepath.Dir(mod), nil
}

func lackingCapabilities() ([]string, error) {
	held, err := bounding.Read()
	if err != nil {
		return nil, err
	}
	return held.Lacking(), nil
}
