package main

import (
	"github.com/spf13/cobra"
)

func reportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Args:  cobra.NoArgs,
		RunE:  helpOnly,
		Use:   "report",
		Short: "Render, validate, compare, merge and follow the results of runs",
		Example: examples(
			"report compare last-week/run.json gateproof-reports",
			"report merge shard-1 shard-2 --output merged",
			"report history runs --html history.html",
			"report validate gateproof-reports/report.yaml",
		),
	}
	cmd.AddCommand(renderCommand(), pageCommand(), gateCommand(), tableCommand(), submitCommand(), siteCommand(), validateCommand(), compareCommand(), mergeCommand(), historyCommand(), schemaCommand(), githubCommand())
	return cmd
}
