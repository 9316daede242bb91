package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/life"
	"github.com/gateproof/gateproof/reports"
)

func gateCommand() *cobra.Command {
	var markdown, schema bool
	cmd := &cobra.Command{
		Use:   "gate [FOLDER]",
		Short: "Print the life of the feature gate as a record: stage by release, default, what off does, and what the run in a folder found of it",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if schema {
				text, err := life.Schema()
				if err == nil {
					_, err = fmt.Fprintln(cmd.OutOrStdout(), string(text))
				}
				return err
			}
			var runs []reports.Run
			for _, folder := range args {
				run, err := load(folder)
				if err != nil {
					return err
				}
				runs = append(runs, run)
			}
			l, err := gateLife(runs...)
			if err != nil {
				return err
			}
			if markdown {
				_, err := fmt.Fprint(cmd.OutOrStdout(), l.Table())
				return err
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(l)
		},
	}
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as a table")
	cmd.Flags().BoolVar(&schema, "schema", false, "its JSON Schema instead")
	return cmd
}

// gateLife is the gate's life by the declared lanes, and what runs found of it.
func gateLife(runs ...reports.Run) (life.Life, error) {
	lanes, err := lane.All()
	if err != nil {
		return life.Life{}, err
	}
	l, err := life.Of(lanes)
	for _, run := range runs {
		l.Measure(run)
	}
	return l, err
}
