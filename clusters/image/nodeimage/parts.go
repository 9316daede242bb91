package nodeimage

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
)

// partsAtOnce: one part compiles while another downloads or links. Each compiler already uses all processors.
const partsAtOnce = 2

// makeParts makes what the image is put together from: programs and root file systems.
func (b *builder) makeParts(ctx context.Context) error {
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(partsAtOnce)
	for i, m := range b.recipe.Modules {
		if i == 1 { // the first module is the long one: the downloads of Debian's packages fit beside it
			b.makeRoots(ctx, group, &mu)
		}
		group.Go(func() error {
			dir, err := m.Ensure(ctx, b.goVersion, b.arch)
			mu.Lock()
			defer mu.Unlock()
			b.programs[m.Name] = dir
			return err
		})
	}
	if len(b.recipe.Modules) < 2 {
		b.makeRoots(ctx, group, &mu)
	}
	group.Go(func() (err error) {
		b.kind, err = kindFiles(ctx)
		return err
	})
	return group.Wait()
}

func (b *builder) makeRoots(ctx context.Context, group *errgroup.Group, mu *sync.Mutex) {
	// The node's own is by far the largest: it goes first.
	names := []string{b.recipe.Node.Root}
	for _, name := range slices.Sorted(maps.Keys(b.recipe.Roots)) {
		if name != b.recipe.Node.Root {
			names = append(names, name)
		}
	}
	for _, name := range names {
		group.Go(func() error {
			path, err := b.recipe.Roots[name].Ensure(ctx, "root-"+name, b.arch)
			mu.Lock()
			defer mu.Unlock()
			b.roots[name] = path
			return err
		})
	}
}

// kindFiles is the folder of the files that kind's base image lays over Debian.
func kindFiles(ctx context.Context) (string, error) {
	m, err := recipe.Kind()
	if err != nil {
		return "", err
	}
	dir, err := m.Download(ctx, "sigs.k8s.io/kind")
	return filepath.Join(dir, "images", "base", "files"), err
}

// program is where on this machine a program MODULE/PROGRAM of the recipe is.
func (b *builder) program(ref string) string {
	module, program := recipe.Program(ref)
	return filepath.Join(b.programs[module], program)
}
