package ours

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// architectures are those that images are published for, as Go names them.
var architectures = []string{"amd64", "arm64"}

// Publish pushes the image, which the engine has for an architecture, to the registry, HOST/PATH, and makes the index of all
// architectures that are there by then. It returns the index's digest, which pins.yaml has. Credentials are docker's.
func (i Image) Publish(ctx context.Context, registry, arch string) (digest string, err error) {
	step := progress.Start(ctx, "publish "+registry+"/"+i.String())
	defer step.End(&err)
	one := registry + "/" + i.String() + "-" + arch
	if _, err := run.Output(ctx, "docker", "tag", i.Ref(), one); err != nil {
		return "", err
	}
	defer func() { _, _ = run.Output(context.WithoutCancel(ctx), "docker", "rmi", one) }()
	if _, err := run.Output(ctx, "docker", "push", "--quiet", one); err != nil {
		return "", fmt.Errorf("pushing %s: %w (for a registry that wants credentials: docker login)", one, err)
	}
	step.Note("the index of all architectures")
	return i.Index(ctx, registry)
}

// Push pushes the image, which is no engine's, as Publish does.
func (i Image) Push(ctx context.Context, registry, arch string, image v1.Image) (digest string, err error) {
	step := progress.Start(ctx, "push "+registry+"/"+i.String())
	defer step.End(&err)
	ref, err := name.ParseReference(registry + "/" + i.String() + "-" + arch)
	if err != nil {
		return "", input.Errorf("%s: not HOST/PATH of a registry: %w", registry, err)
	}
	if err := remote.Write(ref, image, remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)); err != nil {
		return "", NotPushed(ref, err)
	}
	return i.Index(ctx, registry)
}

// Index makes the index of all architectures that the registry has the image for, and returns its digest. Machines that publish at the same
// time may each have made one without the other.
func (i Image) Index(ctx context.Context, registry string) (digest string, err error) {
	options := []remote.Option{remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)}
	index, some := v1.ImageIndex(empty.Index), false
	for _, arch := range architectures {
		ref, err := name.ParseReference(registry + "/" + i.String() + "-" + arch)
		if err != nil {
			return "", err
		}
		img, err := remote.Image(ref, append(options, remote.WithPlatform(v1.Platform{OS: "linux", Architecture: arch}))...)
		var answer *transport.Error
		if errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound {
			continue // published by a machine of that architecture, later
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", ref, err)
		}
		about, err := img.ConfigFile()
		if err != nil {
			return "", fmt.Errorf("%s: %w", ref, err)
		}
		if about.Architecture != arch {
			return "", fmt.Errorf("%s is an image for %s: publish it anew, from a machine whose engine is %s", ref, about.Architecture, arch)
		}
		some = true
		index = With(index, img, arch)
	}
	if !some {
		return "", fmt.Errorf("%s has no %s for any architecture", registry, i)
	}
	ref, err := name.ParseReference(registry + "/" + i.String())
	if err != nil {
		return "", err
	}
	if err := remote.WriteIndex(ref, index, options...); err != nil {
		return "", err
	}
	hash, err := index.Digest()
	return hash.String(), err
}

// With is the index with the image for an architecture, too.
func With(index v1.ImageIndex, image v1.Image, arch string) v1.ImageIndex {
	return mutate.AppendManifests(index, mutate.IndexAddendum{Add: image, Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: arch}}})
}

// NotPushed is the error of a registry that does not take what is pushed to it.
func NotPushed(ref name.Reference, err error) error {
	return fmt.Errorf("pushing %s: %w (for a registry that wants credentials: docker login %s)", ref, err, ref.Context().RegistryStr())
}
