package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports/conformance"
	"github.com/gateproof/gateproof/reports/published"
)

func tableCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "table [FOLDER]",
		Short: "Print the table of published results, which must be of one suite; FOLDER is reports/published where nothing is said",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			results, err := published.Load(os.DirFS(append(args, "reports/published")[0]))
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), results.Table())
			return err
		},
	}
}

func submitCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "submit FILE",
		Short:   "Check that a report can be published, and say in which folder",
		Example: examples("report submit gateproof-reports/report.yaml"),
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
			e := published.Entry{Report: report}
			if len(report.Lanes) > 0 {
				l := report.Lanes[0]
				e.Version = l.Kubernetes.Version
				e.Runtime, _, _ = strings.Cut(l.Node.OCIRuntime, " ")
			}
			if err := e.Check(); err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "it can be published, unchanged, as reports/published/%s/%s/report.yaml\n", e.Version, e.Runtime)
			return err
		},
	}
}
