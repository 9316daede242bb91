package nodeimage

import (
	"context"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
)

// mirrorsLabel marks the images whose containerd looks for mirrors in the folder that is its value.
const mirrorsLabel = "gateproof.mirrors"

// inspect returns the image if the engine has it, and otherwise an Image without an ID.
func inspect(ctx context.Context, ref string, source ours.Source) (Image, error) {
	image, ok, err := onengine.Find(ctx, ref)
	if err != nil || !ok {
		return Image{}, err
	}
	return asImage(ref, image, source), nil
}

// present is the same for the image that is built here: one of its name alone does not count.
func (b builder) present(ctx context.Context, source ours.Source) (Image, error) {
	image, ok, err := b.image.Present(ctx, b.arch)
	if err != nil || !ok {
		return Image{}, err
	}
	return asImage(b.image.Ref(), image, source), nil
}

func asImage(ref string, image onengine.Image, source ours.Source) Image {
	return Image{Ref: ref, ID: image.ID, Source: source, Mirrors: image.Labels[mirrorsLabel] != ""}
}
