package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/hunt"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/e2e/trial"
)

// bringUp are the options of what brings lanes up, where none are kept, and runs the suite on them.
var bringUp = []string{"parallel", "timeout", "fixtures", "node-image", "registry", "debian-mirror", "keep-engine"}

func mutantsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mutants",
		Short: "Show that the suite can fail: run it against clusters broken on purpose",
		Long: `Break clusters on purpose, one named way after the other, and run the suite against each: on the lanes that are kept up, or on lanes that
come up for it. Exit code 0 where all mutants are killed, 1 where one survives or proves nothing, or a claim is a decoration.`,
		Example: examples("mutants", "mutants --sample 3", "mutants --mutants pause-dies-on-hup,pause-leaves-zombies", "mutants --list"),
		Args:    cobra.NoArgs,
	}
	list := listFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*list {
			return changed(cmd.Context(), hunt.Run)
		}
		selected, err := mutants.Select(os.Getenv(settings.MutantsEnv))
		if err != nil {
			return err
		}
		return table(cmd.OutOrStdout(), selected, func(m mutants.Mutant) []any { return []any{m.ID, m.Component, m.Lane, m.Breaks} })
	}
	settings.Add(cmd, append(bringUp, "mutants", "lanes", "sample", "seed", "whole", "output")...)
	return cmd
}

func benignCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "benign",
		Short: "Show that the suite leaves healthy clusters in peace: run it on such of other habits",
		Long: `Give running lanes other habits, one after the other, and run the suite on each: on the lanes that are kept up, or on lanes that come up
for it. Exit code 0 where no claim accuses one, 1 where one does, or could not look though it should have, or where a variant changed nothing.`,
		Example: examples("benign", "benign --sample 3", "benign --variants mesh", "benign --list"),
		Args:    cobra.NoArgs,
	}
	list := listFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*list {
			return changed(cmd.Context(), trial.Run)
		}
		selected, err := benign.Select(os.Getenv(settings.VariantsEnv))
		if err != nil {
			return err
		}
		return table(cmd.OutOrStdout(), selected, func(v benign.Variant) []any { return []any{v.ID, v.Family, v.Lane, v.Habit} })
	}
	settings.Add(cmd, append(bringUp, "variants", "lanes", "sample", "seed", "output")...)
	return cmd
}

func listFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("list", false, "list them, and run nothing")
}

// changed runs what tries the suite on changed clusters, and ends with its code.
func changed(ctx context.Context, run func(ctx context.Context, show func()) (int, error)) error {
	return withProgress(ctx, func(ctx context.Context, news progress.Renderer) error {
		code, err := run(ctx, news.Close)
		if err != nil {
			return err
		}
		return ended(code)
	})
}

// table prints a line each.
func table[T any](w io.Writer, all []T, columns func(T) []any) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, one := range all {
		for i, text := range columns(one) {
			if i > 0 {
				fmt.Fprint(t, "\t")
			}
			fmt.Fprint(t, text)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}
