package nodeimage

import (
	"context"
	"fmt"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
)

// format is part of every image's digest: raise it when a change of this package changes the images.
const format = 1

// builder builds one image. Its fields from programs on are filled by the steps, in their order.
type builder struct {
	recipe    recipe.Recipe
	arch      string // the engine's, as Go names it
	image     ours.Image
	goVersion string // of the command that compiles; nothing else needs one
	container string // of the step that loads the images
	helped    bool   // its kubelet needs hierarchies of cgroup v1

	programs map[string]string // module: folder of its programs
	roots    map[string]string // root: tar
	kind     string            // folder of kind's node files
	base     string            // image with the node's root file system
}

func newBuilder(r recipe.Recipe, arch string) (builder, error) {
	b := builder{recipe: r, arch: arch, programs: map[string]string{}, roots: map[string]string{}}
	var err error
	b.image, _, err = Of(r.Version)
	return b, err
}

// inputsOf is everything that a recipe's image is made of, but for the machine and its tools.
func inputsOf(r recipe.Recipe) ([]any, error) {
	kind, err := recipe.Kind()
	if err != nil {
		return nil, err
	}
	inputs := []any{format, r, kind.Mod, kind.Sum, ctrScript}
	for _, name := range r.Node.Overlays {
		overlay, err := recipe.Overlay(name)
		if err != nil {
			return nil, err
		}
		files, err := stage.Files(overlay)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, files...)
	}
	return inputs, nil
}

// ensure returns the image, which is built where nobody has it.
func (b builder) ensure(ctx context.Context) (Image, error) {
	_, source, err := b.image.Ensure(ctx, b.arch, func(ctx context.Context) error {
		if b.helped {
			if err := tryCgroup1(ctx, b.arch); err != nil {
				return err
			}
		}
		if err := b.build(ctx); err != nil {
			return fmt.Errorf("build the node image %s: %w", b.recipe.Version, err)
		}
		return nil
	})
	if err != nil {
		return Image{}, err
	}
	return b.present(ctx, source)
}

// build runs the steps. Each leaves its result in the cache or in the engine, so what was done before an
// interruption is not done again.
func (b *builder) build(ctx context.Context) (err error) {
	step := progress.Start(ctx, "build the node image "+b.recipe.Version)
	defer step.End(&err)
	if b.goVersion, err = gobuild.GoVersion(ctx); err != nil {
		return err
	}
	for _, action := range []func(context.Context) error{
		b.makeParts,
		b.importRoot,
		b.commitWithImages,
	} {
		if err := action(ctx); err != nil {
			return err
		}
	}
	return nil
}
