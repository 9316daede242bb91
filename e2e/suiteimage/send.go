// Command image makes the suite's own container image: the programs, compiled, and nothing else. A cluster can run it, as
// Sonobuoy does; it has no Go, no source and no shell.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/progress"
)

// imageName is the image's in IMAGE_REGISTRY.
const imageName = "gateproof"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	renderer := progress.For(os.Stderr)
	err := command().ExecuteContext(progress.With(ctx, renderer.Sink))
	renderer.Close()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
}

func command() *cobra.Command {
	var registry, file string
	cmd := &cobra.Command{
		Use:           "image",
		Short:         "Make the suite's own container image, and push it or write it to a file",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (registry == "") == (file == "") {
				return input.Errorf("name where the image shall go: IMAGE_REGISTRY=HOST/PATH, or FILE=image.tar")
			}
			return produce(cmd.Context(), registry, file)
		},
	}
	cmd.Flags().StringVar(&registry, "registry", os.Getenv("IMAGE_REGISTRY"), "push to this registry, HOST/PATH, as "+imageName+":latest (IMAGE_REGISTRY)")
	cmd.Flags().StringVar(&file, "file", os.Getenv("FILE"), "write a docker archive instead, which `docker load` and `ctr images import` read (FILE)")
	return cmd
}

func produce(ctx context.Context, registry, file string) (err error) {
	if registry == "" {
		registry = "localhost"
	}
	to, err := name.NewTag(registry + "/" + imageName + ":latest")
	if err != nil {
		return input.Errorf("IMAGE_REGISTRY=%s: %w", registry, err)
	}
	dir, err := os.MkdirTemp("", "gateproof-image-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	image, err := build(ctx, dir)
	if err != nil {
		return err
	}
	return send(ctx, image, to, file)
}

func send(ctx context.Context, image v1.Image, to name.Tag, file string) (err error) {
	if file != "" {
		if err := tarball.WriteToFile(file, to, image); err != nil {
			return err
		}
		fmt.Printf("%s holds %s\n", file, to)
		return nil
	}
	step := progress.Start(ctx, "push "+to.String())
	defer step.End(&err)
	if err := remote.Write(to, image, remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)); err != nil {
		return fmt.Errorf("pushing %s: %w (for a registry that wants credentials: docker login %s)", to, err, to.RegistryStr())
	}
	return nil
}
