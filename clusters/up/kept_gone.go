package up

import (
	"context"
	"errors"
	"io/fs"

	"github.com/gateproof/gateproof/clusters/progress"
)

// A machine or an engine that went down took the kept lanes with it. The engine starts the nodes' containers again,
// but what comes up in them, under other addresses, is not the cluster that was brought up.

// liveKept describes the kept lanes and holds their engine; nil where there are none, or none any more.
func liveKept(ctx context.Context) (*Set, error) {
	s, err := LoadKept()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.engine, err = Engine(ctx); err != nil {
		return nil, err
	}
	if gone, why := s.gone(ctx); gone {
		return nil, errors.Join(s.engine.Release(ctx), dropGone(ctx, why))
	}
	return s, nil
}

// DropGone removes the kept lanes if they are gone.
func DropGone(ctx context.Context) error {
	s, err := liveKept(ctx)
	if s == nil || err != nil {
		return err
	}
	return s.engine.Release(ctx)
}

// gone tells whether a node has ended or restarted since its lane was brought up, and which.
func (s *Set) gone(ctx context.Context) (gone bool, why string) {
	for _, c := range s.Clusters {
		for _, n := range c.AllNodes() {
			switch started, err := n.StartTime(ctx); {
			case err != nil:
				return true, "node " + n.Container + " does not run any more"
			case started != n.Started:
				return true, "node " + n.Container + " has restarted since it was brought up"
			}
		}
	}
	return false, ""
}

// dropGone removes kept lanes that are gone, and says so.
func dropGone(ctx context.Context, why string) (err error) {
	step := progress.Start(ctx, "remove the kept lanes: "+why)
	defer step.End(&err)
	return DropKept(ctx)
}
