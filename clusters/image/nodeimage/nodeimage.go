// Package nodeimage finds the image that a cluster's nodes are made of, and builds it where no registry has it for us:
// from Go modules and Debian's packages, so that kind boots it like one of its own.
package nodeimage

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/recipe"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

// Request says which image is wanted.
type Request struct {
	Version  string // of Kubernetes: v1.16.15
	Given    string // an image reference of the user's own; it wins
	LaterToo bool   // one given may be of a later release
	Arch     string // the engine's, as Go names it
	Cgroup   string // version of the engine's: "1" or "2"
}

// Image is a node image in the container engine.
type Image struct {
	Ref    string // to start nodes with
	ID     string // sha256:...
	Source ours.Source
	// Mirrors tells that containerd in the image already looks for registries' mirrors in /etc/containerd/certs.d, as
	// the images built here do.
	Mirrors bool
}

// publishedVersions lists the Kubernetes versions that have a published image.
func publishedVersions() []string {
	digests, _ := published() // a unit test reads the file
	return slices.SortedFunc(maps.Keys(digests), kubeversion.Compare)
}

// Ensure returns the image: the one given, one that is present, one that a registry has (the kind project's for releases that today's kind
// boots from it, ours for all), or else one built here, which takes minutes. Each step that takes time is told to progress.
//
// The error is a *CgroupError where the host's cgroup version is not for it, an *OtherVersionError where the one given is of another release, an *UnknownVersionError or an *UnavailableError where the version is not to be had, a *diskfull.Error
// where a disk is full. After any error nothing half-made is left; what was finished is reused by the next call.
func Ensure(ctx context.Context, req Request) (Image, error) {
	if req.Given != "" {
		return given(ctx, req)
	}
	r, buildable, err := recipe.For(req.Version)
	if err != nil {
		return Image{}, err
	}
	ref, err := publishedRef(req.Version)
	if err != nil {
		return Image{}, err
	}
	if !buildable && ref == "" {
		return Image{}, &UnknownVersionError{Version: req.Version, Published: publishedVersions(), Buildable: recipe.Buildable()}
	}
	var job builder
	if buildable {
		if job, err = newBuilder(r, req.Arch); err != nil {
			return Image{}, err
		}
		if image, err := job.present(ctx, ours.Present); image.ID != "" || err != nil {
			return image, err
		}
		if registry, err := ours.Registry(); registry != "" || err != nil {
			ref = "" // it is meant to have all that is wanted
		}
	}
	if NeedsHelp(req.Version, req.Cgroup) {
		if !buildable {
			return Image{}, &CgroupError{Version: req.Version}
		}
		ref = "" // published as released, it stops here
	}
	if ref != "" {
		image, err := presentOrPulled(ctx, ref, req.Arch)
		var refused *UnavailableError
		if !buildable || !errors.As(err, &refused) {
			return image, err
		}
	}
	job.helped = NeedsHelp(req.Version, req.Cgroup)
	return job.ensure(ctx)
}

func given(ctx context.Context, req Request) (Image, error) {
	image, err := presentOrPulled(ctx, req.Given, req.Arch)
	if err != nil {
		return Image{}, err
	}
	version, err := versionOf(ctx, image)
	if err != nil {
		return Image{}, err
	}
	if !stands(version, req) {
		return Image{}, &OtherVersionError{Ref: req.Given, Has: version, Want: req.Version}
	}
	if NeedsHelp(version, req.Cgroup) && !image.Mirrors {
		return Image{}, &CgroupError{Version: version, Ref: req.Given}
	}
	image.Source = ours.Given
	return image, nil
}

// presentOrPulled returns an *UnavailableError where no registry gives the image.
func presentOrPulled(ctx context.Context, ref, arch string) (Image, error) {
	if image, err := inspect(ctx, ref, ours.Present); image.ID != "" || err != nil {
		return image, err
	}
	err := onengine.Pull(ctx, ref, arch)
	var refused *onengine.PullError
	if errors.As(err, &refused) {
		return Image{}, &UnavailableError{Ref: ref, Buildable: recipe.Buildable(), Err: err}
	}
	if err != nil {
		return Image{}, err
	}
	return inspect(ctx, ref, ours.Published)
}

// Of is the image that is built here of a version; ok is false for a version without a recipe.
func Of(version string) (image ours.Image, ok bool, err error) {
	r, ok, err := recipe.For(version)
	if err != nil || !ok {
		return ours.Image{}, false, err
	}
	inputs, err := inputsOf(r)
	return ours.Image{Name: "node", Tag: version + "-" + stage.Digest(inputs...)}, true, err
}

// EnsureOurs leaves that image on the engine, whoever else has published one of the version. There is none of a version without a recipe.
func EnsureOurs(ctx context.Context, version, arch string) error {
	r, ok, err := recipe.For(version)
	if err != nil || !ok {
		return err
	}
	b, err := newBuilder(r, arch)
	if err != nil {
		return err
	}
	_, err = b.ensure(ctx)
	return err
}
