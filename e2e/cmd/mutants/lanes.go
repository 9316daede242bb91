package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/e2e/settings"
)

// keptLanes are the lanes that are kept up, or else such that are brought up and go with leave.
func keptLanes(ctx context.Context) (kept *clusters.Set, leave func() error, err error) {
	nothing := func() error { return nil }
	if err := clusters.DropGone(ctx); err != nil {
		return nil, nothing, err
	}
	kept, err = clusters.LoadKept()
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return kept, nothing, err
	}
	leave = func() error { return lanes(context.WithoutCancel(ctx), "down") }
	if err := lanes(ctx, "up"); err != nil {
		return nil, nothing, errors.Join(err, leave())
	}
	kept, err = clusters.LoadKept()
	if err != nil {
		err = errors.Join(err, leave())
	}
	return kept, leave, err
}

// lanes is the command that keeps lanes.
func lanes(ctx context.Context, verb string) (err error) {
	step := progress.Start(ctx, "lanes "+verb)
	defer step.End(&err)
	_, err = run.Cmd{Argv: []string{".bin/lanes", verb}, Env: []string{"LANES=" + os.Getenv(settings.LanesEnv)}}.Run(ctx)
	return err
}

// onLanes are the mutants whose lane is among the kept ones. One that was asked for by its id must be.
func onLanes(selected []mutants.Mutant, kept *clusters.Set, asked bool) ([]mutants.Mutant, error) {
	var out []mutants.Mutant
	for _, m := range selected {
		switch {
		case slices.ContainsFunc(kept.Clusters, func(c clusters.Cluster) bool { return c.Lane.Name == m.Lane }):
			out = append(out, m)
		case asked:
			return nil, clusters.Inputf("mutant %s is one of lane %s, which is not up: make mutants LANES=%s MUTANTS=%s", m.ID, m.Lane, m.Lane, m.ID)
		}
	}
	return out, nil
}
