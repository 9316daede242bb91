package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/compare"
	"github.com/gateproof/gateproof/reports/conformance"
	"github.com/gateproof/gateproof/reports/history"
)

// load reads a run from its file, or from the folder that holds it.
func load(path string) (reports.Run, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, reports.RunFile)
	}
	return reports.Load(path)
}

// show prints as text or JSON.
func show(w io.Writer, format string, value fmt.Stringer) error {
	switch format {
	case "text":
		_, err := io.WriteString(w, value.String())
		return err
	case "json":
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(value)
	}
	return fmt.Errorf("--format=%s: allowed: text, json", format)
}

func formatFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("format", "text", "text or json")
}

func validateCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "validate FILE",
		Short:   "Check that a conformance report is what a run has made; prints its result",
		Example: examples("report validate gateproof-reports/report.yaml"),
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			report, err := conformance.Validate(data)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "valid: %s, %d lanes, suite %s\n", report.Result, len(report.Lanes), report.Suite.Version)
			return err
		},
	}
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of the conformance report",
		Example: examples("report schema"),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(conformance.Schema)
			return err
		},
	}
}

func compareCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "compare A B",
		Short:   "Say what is worse, better or other in run B than in run A; exit code 1 where something is worse",
		Example: examples("report compare last-week/run.json gateproof-reports"),
		Args:    cobra.ExactArgs(2),
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		a, err := load(args[0])
		if err != nil {
			return err
		}
		b, err := load(args[1])
		if err != nil {
			return err
		}
		c := compare.Runs(a, b)
		if err := show(cmd.OutOrStdout(), *format, c); err != nil {
			return err
		}
		if c.Worse() {
			return exitCode(reports.ExitFails)
		}
		return nil
	}
	return cmd
}

func historyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "history FOLDER",
		Short:   "Follow each claim over the runs below a folder: since when it is contradicted, how often it flakes",
		Example: examples("report history runs --html history.html"),
		Args:    cobra.ExactArgs(1),
	}
	format := formatFlag(cmd)
	page := cmd.Flags().String("html", "", "write the history as a page to this file, too")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		h, err := history.Read(args[0])
		if err != nil {
			return err
		}
		if *page != "" {
			if err := writeHistory(*page, h); err != nil {
				return err
			}
		}
		return show(cmd.OutOrStdout(), *format, h)
	}
	return cmd
}
