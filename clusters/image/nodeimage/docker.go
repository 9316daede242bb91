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
	return Image{Ref: ref, ID: image.ID, Source: source, Mirrors: image.Labels[mirrorsLabel] != ""}, nil
}
