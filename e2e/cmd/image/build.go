package main

import (
	"context"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/rootfs"
	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/e2e/prebuilt"
)

// home is the folder of the programs in the image.
const home = "opt/gateproof"

// build compiles the programs into dir, and makes the image of them.
func build(ctx context.Context, dir string) (v1.Image, error) {
	if err := compile(ctx, dir); err != nil {
		return nil, err
	}
	tree := &rootfs.Tree{}
	for _, program := range []string{prebuilt.E2E, prebuilt.Suite, prebuilt.Ginkgo, prebuilt.Probe, prebuilt.Sonobuoy} {
		tree.Put(filepath.Join(home, program), rootfs.Entry{File: filepath.Join(dir, program), Mode: 0o755})
	}
	tree.Put(filepath.Join(home, prebuilt.Version), rootfs.Entry{Data: []byte(prebuilt.SuiteVersion(ctx, ".") + "\n")})
	tree.Put("tmp", rootfs.Entry{Dir: true, Mode: 0o1777})
	return tree.Image(v1.Config{
		Entrypoint: []string{"/" + filepath.Join(home, prebuilt.E2E)},
		Env:        []string{prebuilt.Env + "=/" + home, "HOME=/tmp", "PATH=/" + home},
		WorkingDir: "/" + home,
	})
}

// compile makes all programs static: the image has no libraries.
func compile(ctx context.Context, dir string) (err error) {
	step := progress.Start(ctx, "compile the suite's programs")
	defer step.End(&err)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(1) // each go command uses all cores
	for name, argv := range map[string][]string{
		prebuilt.E2E:      {"go", "build", "-trimpath", "-ldflags=-s -w", "-o", dir, "./e2e/cmd/e2e"},
		prebuilt.Suite:    {"go", "test", "-c", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(dir, prebuilt.Suite), "./e2e"},
		prebuilt.Ginkgo:   {"go", "build", "-trimpath", "-ldflags=-s -w", "-o", dir, "github.com/onsi/ginkgo/v2/ginkgo"},
		prebuilt.Probe:    {"go", "build", "-trimpath", "-ldflags=-s -w", "-o", dir, "./fixtures/cmd/probe"},
		prebuilt.Sonobuoy: {"go", "build", "-trimpath", "-ldflags=-s -w", "-o", dir, "./e2e/cmd/sonobuoy"},
	} {
		group.Go(func() error {
			if _, err := (run.Cmd{Argv: argv, Env: []string{"CGO_ENABLED=0"}}).Run(ctx); err != nil {
				return err
			}
			_, err := os.Stat(filepath.Join(dir, name))
			return err
		})
	}
	return group.Wait()
}
