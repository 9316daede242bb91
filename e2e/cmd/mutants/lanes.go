package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
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
	_, err = run.Cmd{Argv: []string{".bin/lanes", verb}, Env: []string{"LANES="}}.Run(ctx)
	return err
}
