package corpus

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/settings"
)

// Kept are the lanes that are kept up, or else such that are brought up and go with leave.
func Kept(ctx context.Context) (kept *up.Set, leave func() error, err error) {
	nothing := func() error { return nil }
	if err := up.DropGone(ctx); err != nil {
		return nil, nothing, err
	}
	kept, err = loadReached(ctx)
	if err == nil {
		err = hasLanes(kept)
	}
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return kept, nothing, err
	}
	leave = func() error { return down(context.WithoutCancel(ctx)) }
	if err := bringUp(ctx); err != nil {
		return nil, nothing, errors.Join(err, leave())
	}
	kept, err = loadReached(ctx)
	if err != nil {
		err = errors.Join(err, leave())
	}
	return kept, leave, err
}

// hasLanes refuses kept lanes among which one is missing that was asked for.
func hasLanes(kept *up.Set) error {
	if os.Getenv(settings.LanesEnv) == "" {
		return nil
	}
	asked, err := settings.Lanes()
	if err != nil {
		return err
	}
	for _, l := range asked {
		if !Up(kept, l.Name) {
			return input.Errorf("lane %s is not among the kept lanes; `gateproof lanes down` makes way for it", l.Name)
		}
	}
	return nil
}

// loadReached describes the kept lanes, with API servers that this process reaches.
func loadReached(ctx context.Context) (*up.Set, error) {
	kept, err := up.LoadKept()
	if err != nil {
		return nil, err
	}
	return kept, kept.Reach(ctx, paths.Temp(owner.ID()))
}

// defaultLanes are brought up where none are asked for: the two that a run proves, and one that takes turns from the first.
const defaultLanes = lane.DefaultNames + ",default"

func bringUp(ctx context.Context) (err error) {
	step := progress.Start(ctx, "bring the lanes up")
	defer step.End(&err)
	lanes, err := lane.Select(cmp.Or(os.Getenv(settings.LanesEnv), defaultLanes))
	if err != nil {
		return err
	}
	_, err = up.Keep(ctx, up.Options{RunID: owner.ID(), Lanes: lanes, NodeImage: os.Getenv(settings.NodeImageEnv), Dir: up.KeptDir()})
	return err
}

func down(ctx context.Context) (err error) {
	step := progress.Start(ctx, "take the lanes down")
	defer step.End(&err)
	return up.DropKept(ctx)
}

// Up says that the lane is among the kept ones.
func Up(kept *up.Set, lane string) bool {
	return slices.ContainsFunc(kept.Clusters, func(c clusters.Cluster) bool { return c.Lane.Name == lane })
}

// OnLanes keeps those whose lane is among the kept ones. Where they were asked for by their ids, each must be: missing is the error.
func OnLanes[T any](all []T, kept *up.Set, laneOf func(T) string, asked bool, missing func(T) error) ([]T, error) {
	var out []T
	for _, one := range all {
		switch {
		case Up(kept, laneOf(one)):
			out = append(out, one)
		case asked:
			return nil, missing(one)
		}
	}
	return out, nil
}
