// Command lanes keeps clusters up between runs, for people who write claims, and lists what can be tested.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
)

func main() { os.Exit(lanes()) }

// lanes runs the command in a folder of temporary files of its own, and returns the exit code.
func lanes() int {
	temp, err := os.MkdirTemp("", "gateproof-lanes-")
	if err == nil {
		defer os.RemoveAll(temp)
		err = paths.GoTemp(temp)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	renderer := progress.For(os.Stderr)
	cmd := command()
	err = cmd.ExecuteContext(progress.With(ctx, renderer.Sink))
	renderer.Close()
	if err != nil {
		if errors.Is(err, context.Canceled) {
			err = errors.New("interrupted; what had been made is removed")
		}
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return 2
	}
	return 0
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "lanes",
		Short:         "Lists lanes, and keeps them up between runs",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(listCommand(), doctorCommand(), upCommand(), downCommand(), imagesCommand(), publishCommand(), hostPackagesCommand())
	return root
}

func lanesFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "lanes", os.Getenv("LANES"), "lanes by name, or paths of lane files, comma-separated, or all (LANES; default on,off)")
}

func listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the declared lanes",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lanes, err := lane.All()
			if err != nil {
				return err
			}
			return printLanes(cmd.OutOrStdout(), lanes)
		},
	}
}
