package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/merge"
	"github.com/gateproof/gateproof/reports/render"
)

func renderCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "render FOLDER",
		Short: "Write all reports of the run in a folder anew",
		Args:  cobra.ExactArgs(1),
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
	var out, lanes string
	cmd := &cobra.Command{
		Use:   "merge SHARD...",
		Short: "Make one run, with all reports, of the shards of a matrix; the exit code is the merged run's",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var shards []merge.Shard
			for _, name := range args {
				run, err := load(name)
				if err != nil {
					return err
				}
				shards = append(shards, merge.Shard{Name: name, Run: run})
			}
			want := strings.FieldsFunc(lanes, func(r rune) bool { return r == ',' || r == ' ' })
			run, err := merge.Runs(shards, want)
			if err != nil {
				return err
			}
			out = cmp.Or(out, reports.Out())
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
	cmd.Flags().StringVar(&out, "out", "", "folder of the merged reports (default REPORTS_DIR, or where runs leave theirs)")
	cmd.Flags().StringVar(&lanes, "lanes", os.Getenv(settings.LanesEnv), "lanes that must be there, comma-separated (LANES)")
	return cmd
}

func writeHistory(path string, h history.History) error {
	var out bytes.Buffer
	if err := html.RenderHistory(&out, h); err != nil {
		return fmt.Errorf("the page of the history: %w", err)
	}
	return reports.ReplaceFile(path, out.Bytes())
}
