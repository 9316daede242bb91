// Command images finds or builds the container images that the clusters are made of.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/nodeimage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/workload"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	out := progress.For(os.Stderr)
	err := root().ExecuteContext(progress.With(ctx, out.Sink))
	out.Close()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "images:", err)
		os.Exit(1)
	}
}

func root() *cobra.Command {
	cmd := &cobra.Command{Use: "images", Short: "Find or build node images and workload images",
		SilenceUsage: true, SilenceErrors: true}
	cmd.AddCommand(build(), versions(), workloads())
	return cmd
}

func build() *cobra.Command {
	return &cobra.Command{
		Use: "build VERSION", Short: "Find or build the node image of a Kubernetes version", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			image, err := nodeimage.Ensure(cmd.Context(), nodeimage.Request{Version: args[0]})
			if err != nil {
				return err
			}
			fmt.Printf("%s\t%s\t%s\n", image.Ref, image.ID, image.Source)
			return nil
		},
	}
}

func versions() *cobra.Command {
	return &cobra.Command{
		Use: "versions", Short: "List the Kubernetes versions that are known", Args: cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			for _, v := range nodeimage.Versions() {
				fmt.Println(v)
			}
		},
	}
}

func workloads() *cobra.Command {
	return &cobra.Command{
		Use: "workload", Short: "Find or build the images that the fixtures' pods run", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			images, err := workload.Ensure(cmd.Context())
			for _, image := range images {
				fmt.Printf("%s\t%s\n", image.Name, image.Path)
			}
			return err
		},
	}
}
