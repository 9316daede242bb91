package main

import (
	"context"
	"path/filepath"
	"runtime"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/e2e/prebuilt"
)

// home is the folder of the programs in the image.
const home = "opt/gateproof"

// build compiles the programs into dir, and makes the image of them.
func build(ctx context.Context, dir string) (v1.Image, error) {
	programs := []string{prebuilt.E2E, prebuilt.Suite, prebuilt.Ginkgo, prebuilt.Probe, prebuilt.Sonobuoy}
	if err := prebuilt.Compile(ctx, dir, true, programs...); err != nil {
		return nil, err
	}
	tree := &rootfs.Tree{}
	for _, program := range programs {
		tree.Put(filepath.Join(home, program), rootfs.Entry{File: filepath.Join(dir, program), Mode: 0o755})
	}
	tree.Put(filepath.Join(home, prebuilt.Version), rootfs.Entry{File: filepath.Join(dir, prebuilt.Version)})
	tree.Put("tmp", rootfs.Entry{Dir: true, Mode: 0o1777})
	return tree.Image(runtime.GOARCH, v1.Config{
		Entrypoint: []string{"/" + filepath.Join(home, prebuilt.E2E)},
		Env:        []string{prebuilt.Env + "=/" + home, "HOME=/tmp", "PATH=/" + home},
		WorkingDir: "/" + home,
	})
}
