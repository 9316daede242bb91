package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/merge"
	"github.com/gateproof/gateproof/reports/render"
)

func renderCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "render FOLDER",
		Short:   "Write all reports of the run in a folder anew",
		Example: examples("report render gateproof-reports"),
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			run, err := load(args[0])
			if err != nil {
				return err
			}
			return render.All(args, run)
		},
	}
}

func mergeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "merge SHARD...",
		Short:   "Make one run, with all reports, of the shards of a matrix, in which the lanes that are named must be; the exit code is the merged run's",
		Example: examples("report merge shard-1 shard-2 --output merged --lanes on,off"),
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var shards []merge.Shard
			for _, name := range args {
				run, err := load(name)
				if err != nil {
					return err
				}
				shards = append(shards, merge.Shard{Name: name, Run: run})
			}
			want, err := wanted()
			if err != nil {
				return err
			}
			run, err := merge.Runs(shards, want)
			if err != nil {
				return err
			}
			out := reports.Out()
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			if err := render.All([]string{out}, run); err != nil {
				return err
			}
			if err := reports.Summary(cmd.OutOrStdout(), run, []string{out}, false); err != nil {
				return err
			}
			if code := run.ExitCode(); code != reports.ExitHolds {
				return exitCode(code)
			}
			return nil
		},
	}
	settings.Add(cmd, "lanes", "output")
	return cmd
}

// wanted are the names of the lanes that a merged run must have; none where nobody says.
func wanted() ([]string, error) {
	if os.Getenv(settings.LanesEnv) == "" {
		return nil, nil
	}
	lanes, err := settings.Lanes()
	return lane.Names(lanes), err
}

func writeHistory(path string, h history.History) error {
	var out bytes.Buffer
	if err := html.RenderHistory(&out, h); err != nil {
		return fmt.Errorf("the page of the history: %w", err)
	}
	return reports.ReplaceFile(path, out.Bytes())
}
