// Package ours finds the images that this tree makes: on the engine, in a registry that has them for the same inputs, or else it has
// them made.
package ours

import (
	"context"
	"errors"
	"fmt"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Image is one of our images.
type Image struct {
	Name string // node, mirror, builder
	Tag  string // tells of all that it is made of, but for the architecture and the version of Go
}

// Ref is the image's name on the engine.
func (i Image) Ref() string { return "gateproof/" + i.Name + ":" + i.Tag }

func (i Image) String() string { return i.Name + ":" + i.Tag }

// inputsLabel is an image's own word for what it was made of.
const inputsLabel = "gateproof.inputs"

// Label is the instruction of a Dockerfile that whoever makes the image gives it.
func (i Image) Label() string { return "LABEL " + inputsLabel + "=" + i.String() }

// Source is where an image came from.
type Source string

// The sources, in the order in which they are tried.
const (
	Given     Source = "given"     // by the user
	Present   Source = "present"   // on the engine
	Published Source = "published" // pulled from a registry
	Built     Source = "built"
)

// Present is the image on the engine, made of these inputs and for that architecture, in Go's words; ok is false where there is none.
func (i Image) Present(ctx context.Context, arch string) (image onengine.Image, ok bool, err error) {
	image, ok, err = onengine.Find(ctx, i.Ref())
	if err != nil || !ok || i.unlike(image, arch) != "" {
		return onengine.Image{}, false, err
	}
	return image, true, nil
}

// unlike says why an image, whatever it is called, is not this one; "" where it is.
func (i Image) unlike(image onengine.Image, arch string) string {
	if of := image.Labels[inputsLabel]; of != i.String() {
		return fmt.Sprintf("it says that it is made of %q, and this tree makes %q", of, i.String())
	}
	if image.Architecture != arch {
		return fmt.Sprintf("it is for %s, and %s is wanted", image.Architecture, arch)
	}
	return ""
}

// Ensure leaves the image on the engine, for its architecture, in Go's words: it is there, is pulled, or made. Of several processes that
// want it one does so. Where a registry has it for other inputs, or cannot be reached, it is made, and a step says why.
func (i Image) Ensure(ctx context.Context, arch string, make func(context.Context) error) (id string, from Source, err error) {
	if image, ok, err := i.Present(ctx, arch); ok || err != nil {
		return image.ID, Present, err
	}
	lock, err := stage.Lock(ctx, "our-image-"+i.Name+"-"+i.Tag)
	if err != nil {
		return "", "", err
	}
	defer lock.Release()
	image, ok, err := i.Present(ctx, arch)
	if ok || err != nil {
		return image.ID, Present, err
	}
	from = Published
	if ok, err = i.pull(ctx, arch); err != nil {
		return "", "", err
	}
	if !ok {
		from = Built
		if err := make(ctx); err != nil {
			return "", "", err
		}
	}
	image, ok, err = i.Present(ctx, arch)
	if err == nil && !ok {
		err = fmt.Errorf("image %s for %s is not on the engine, though it has been made", i.Ref(), arch)
	}
	return image.ID, from, err
}

// pull gets the image from the registry that has it; ok is false where none has.
func (i Image) pull(ctx context.Context, arch string) (ok bool, err error) {
	ref, err := i.Published()
	if ref == "" || err != nil {
		return false, err
	}
	if err := onengine.Pull(ctx, ref, arch); err != nil {
		var refused *onengine.PullError
		if errors.As(err, &refused) {
			return false, nil // its step has said so
		}
		return false, err
	}
	image, ok, err := onengine.Find(ctx, ref)
	if err != nil || !ok {
		return false, err
	}
	if why := i.unlike(image, arch); why != "" {
		progress.Start(ctx, "take "+ref).Done("not taken: " + why)
		return false, nil
	}
	_, err = run.Output(ctx, "docker", "tag", ref, i.Ref())
	return err == nil, err
}
