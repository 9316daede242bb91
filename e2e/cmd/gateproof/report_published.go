package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports"
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
	var check bool
	var results, runtime string
	cmd := &cobra.Command{
		Use:   "submit FILE",
		Short: "Put a report, unchanged, where published results are; --check says only whether it can be",
		Long: `Put a conformance report, unchanged, where published results are: in a folder by release and runtime. It must be of all claims, say on what it was
measured, and be of the same suite as the results that are there. --check changes nothing.`,
		Example: examples("report submit gateproof-reports/report.yaml", "report submit --check gateproof-reports/report.yaml"),
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			e, err := published.Submitted(data, runtime)
			if err == nil {
				err = e.Beside(os.DirFS(results))
			}
			if err != nil {
				return fmt.Errorf("%s cannot be published: %w", args[0], err)
			}
			path := filepath.Join(results, filepath.FromSlash(e.Path()))
			if check {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "it can be published, unchanged, as %s\n", path)
				return err
			}
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := reports.ReplaceFile(path, data); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s; what follows from it: gateproof report table\n", path)
			return err
		},
	}
	cmd.Flags().StringVar(&runtime, "runtime", "", "the OCI runtime of the pods, as runc, where the report cannot say")
	cmd.Flags().BoolVar(&check, "check", false, "only say whether it can be published, and where")
	cmd.Flags().StringVar(&results, "published", "reports/published", "folder of published results")
	return cmd
}
