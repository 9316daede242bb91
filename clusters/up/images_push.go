package up

import (
	"context"
	"fmt"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
)

// PushImages sends the images that pods run to registry, HOST/PATH, as REGISTRY/NAME:latest: from there the nodes of an
// existing cluster pull them. They are for the architecture of the engine, which builds them. Credentials are those of `docker login`. A name that is none is an input.Err.
func PushImages(ctx context.Context, registry string) error {
	repository, err := name.NewRepository(registry)
	if err != nil {
		return input.Errorf("IMAGE_REGISTRY=%s: %w", registry, err)
	}
	info, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	images, err := workload.Ensure(ctx, info.Architecture)
	if err != nil {
		return err
	}
	for _, image := range images {
		if err := push(ctx, image, repository.Name()+"/"+image.Name+":latest"); err != nil {
			return err
		}
	}
	return nil
}

func push(ctx context.Context, image workload.Image, to string) (err error) {
	step := progress.Start(ctx, "push "+to)
	defer step.End(&err)
	ref, err := name.ParseReference(to)
	if err != nil {
		return input.Errorf("IMAGE_REGISTRY: %w", err)
	}
	img, err := image.Load()
	if err != nil {
		return err
	}
	if err := remote.Write(ref, img, remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)); err != nil {
		return fmt.Errorf("pushing %s: %w (for a registry that wants credentials: docker login %s)", to, err, ref.Context().RegistryStr())
	}
	return nil
}
