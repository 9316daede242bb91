package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/ours"
	"github.com/gateproof/gateproof/clusters/image/workload"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/e2e/suiteimage"
)

func imagesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Args:  cobra.NoArgs,
		RunE:  helpOnly,
		Use:   "images",
		Short: "List, build or publish the images that runs need",
		Example: examples(
			"images list --lanes all",
			"images build                                                # find, pull or build what the lanes need",
			"images push --image-registry registry.example/gateproof     # what pods run, for a cluster that is there",
			"images archive --file images.tar                            # the same, for nodes that pull from nowhere",
			"images publish --registry registry.example/gateproof        # all of it, for other machines to pull",
			"images suite --file gateproof.tar                           # this program as an image",
		),
	}
	cmd.AddCommand(imagesListCommand(), imagesBuildCommand(), imagesPushCommand(), imagesArchiveCommand(), imagesPublishCommand(), imagesSuiteCommand())
	return cmd
}

func imagesListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the images that the lanes and their pods need, and where they are",
		Example: examples("images list --lanes all"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := settings.Lanes()
			if err != nil {
				return err
			}
			all, err := up.Images(lanes)
			if err != nil {
				return err
			}
			pods, err := workload.All()
			if err != nil {
				return err
			}
			return printImages(cmd.Context(), cmd.OutOrStdout(), all, pods)
		},
	}
	settings.Add(cmd, "lanes", "registry")
	return cmd
}

// printImages says of each image where a run would have it from, as far as that is known without asking a registry.
func printImages(ctx context.Context, w io.Writer, engines, pods []ours.Image) error {
	on, err := engine.Describe(ctx)
	answers := err == nil
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "IMAGE\tFOR\tWHERE")
	row := func(image ours.Image, what string, present bool) error {
		published, err := image.Published()
		if err != nil {
			return err
		}
		where := cmp.Or(published, "to be built")
		if present {
			where = "on the engine"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", image, what, where)
		return nil
	}
	for _, image := range engines {
		present := false
		if answers {
			if _, present, err = image.Present(ctx, on.Architecture); err != nil {
				return err
			}
		}
		if err := row(image, "engine", present); err != nil {
			return err
		}
	}
	for _, image := range pods {
		if err := row(image, "pods", false); err != nil {
			return err
		}
	}
	return t.Flush()
}

// onEngine does something with the engine held, and tells its progress.
func onEngine(ctx context.Context, do func(ctx context.Context) error) error {
	return withProgress(ctx, func(ctx context.Context, _ progress.Renderer) error {
		e, err := up.Engine(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = e.Release(ctx) }()
		return do(ctx)
	})
}

func imagesBuildCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "build",
		Short:   "Provide the images that the lanes need: found, pulled or built",
		Example: examples("images build --lanes latest"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := settings.Lanes()
			if err != nil {
				return err
			}
			return onEngine(cmd.Context(), func(ctx context.Context) error {
				_, err := up.EnsureImages(ctx, up.Options{Lanes: lanes})
				return err
			})
		},
	}
	settings.Add(cmd, "lanes", "registry", "debian-mirror", "keep-engine")
	return cmd
}

func imagesPushCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "push",
		Short:   "Push the images that pods run to a registry that an existing cluster's nodes pull from",
		Example: examples("images push --image-registry registry.example/gateproof"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onEngine(cmd.Context(), func(ctx context.Context) error { return up.PushImages(ctx, os.Getenv(settings.RegistryEnv)) })
		},
	}
	settings.Add(cmd, "image-registry", "registry", "debian-mirror", "keep-engine")
	return cmd
}

func imagesArchiveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "archive",
		Short: "Write the images that pods run to a file that an existing cluster's nodes can be given",
		Long: `Write the images that pods run to a docker archive. Its nodes are given them by kind load image-archive, minikube image load, k3d image import, or on the
node by ctr --namespace k8s.io images import; runs and looks then get the file as --image-archive.`,
		Example: examples("images archive --file images.tar"),
		Args:    cobra.NoArgs,
	}
	settings.Add(cmd, "registry", "debian-mirror", "keep-engine")
	file := cmd.Flags().String("file", "", "to write")
	_ = cmd.MarkFlagRequired("file")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return onEngine(cmd.Context(), func(ctx context.Context) error { return up.ArchiveImages(ctx, *file) })
	}
	return cmd
}

func imagesPublishCommand() *cobra.Command {
	var indexOnly bool
	cmd := &cobra.Command{
		Use:     "publish",
		Short:   "Push the images that the lanes need to a registry, and print their lines of pins.yaml",
		Example: examples("images publish --registry registry.example/gateproof"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := settings.Lanes()
			if err != nil {
				return err
			}
			publish := func(ctx context.Context) error {
				return up.Publish(ctx, lanes, indexOnly, func(image ours.Image, digest string) error {
					_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", image, digest)
					return err
				})
			}
			if indexOnly {
				return withProgress(cmd.Context(), func(ctx context.Context, _ progress.Renderer) error { return publish(ctx) })
			}
			return onEngine(cmd.Context(), publish)
		},
	}
	settings.Add(cmd, "lanes", "registry", "debian-mirror", "keep-engine")
	cmd.Flags().BoolVar(&indexOnly, "index", false, "push nothing but the indexes of what machines of each architecture have pushed")
	return cmd
}

func imagesSuiteCommand() *cobra.Command {
	var wanted suiteimage.Wanted
	cmd := &cobra.Command{
		Use:     "suite",
		Short:   "Make this program's own image, which Sonobuoy and Jobs run: push it and print its digest, or write it to a file",
		Example: examples("images suite --file gateproof.tar", "images suite --image-registry registry.example/gateproof --tag v1"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withProgress(cmd.Context(), func(ctx context.Context, news progress.Renderer) error {
				if wanted.File == "" || cmd.Flags().Changed("image-registry") {
					wanted.Registry = os.Getenv(settings.RegistryEnv)
				}
				digest, err := suiteimage.Make(ctx, wanted)
				if err == nil && digest != "" {
					news.Close()
					_, err = fmt.Fprintln(cmd.OutOrStdout(), digest)
				}
				return err
			})
		},
	}
	settings.Add(cmd, "image-registry")
	cmd.Flags().StringVar(&wanted.File, "file", "", "write a docker archive instead")
	cmd.Flags().StringSliceVar(&wanted.Tags, "tag", []string{"latest"}, "of the image")
	cmd.Flags().StringSliceVar(&wanted.Programs, "program", nil, "make it of this program; once for each architecture (default this one)")
	return cmd
}
