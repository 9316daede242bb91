package up

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/engine/flock"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/paths"
)

// Kept lanes stay up between runs, for people who write claims. There is one set of them; it is described by a file.

// KeptDir is the folder of the kept lanes' files.
func KeptDir() string { return filepath.Join(paths.Cache(), "kept") }

func keptFile() string { return filepath.Join(KeptDir(), "set.json") }

// aloneKeeping is held while lanes are brought up to be kept: there is one set, and who fails or is interrupted removes its files.
func aloneKeeping() (*flock.Lock, error) {
	lock, err := flock.Try(filepath.Join(paths.Cache(), "lock", "kept-lanes"), flock.Exclusive)
	if errors.Is(err, flock.ErrHeld) {
		return nil, input.Errorf("lanes are being brought up by another `gateproof lanes up`; wait until it has ended")
	}
	return lock, err
}

// Keep leaves the set up for later runs.
func (s *Set) Keep(ctx context.Context) error {
	s.Kept = true
	kept := *s
	kept.Clusters = slices.Clone(s.Clusters)
	for i := range kept.Clusters {
		kept.Clusters[i].Relayed = "" // this process relays, and ends
	}
	data, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(keptFile(), data, 0o644); err != nil {
		return err
	}
	return errors.Join(s.engine.Keep(true), s.engine.Release(ctx))
}

// LoadKept describes the kept lanes; without any, the error is os.ErrNotExist.
func LoadKept() (*Set, error) { return loadKept(keptFile()) }

func loadKept(file string) (*Set, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var s Set
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w); `gateproof lanes down` clears it", file, err)
	}
	return &s, nil
}

// DropKept removes the kept lanes and lets the engine be stopped again. None is no error.
func DropKept(ctx context.Context) error {
	s, err := LoadKept()
	if errors.Is(err, os.ErrNotExist) {
		return engine.Unkeep()
	}
	if err != nil {
		return errors.Join(err, os.Remove(keptFile()))
	}
	e, err := Engine(ctx)
	if err != nil {
		return err
	}
	return errors.Join(Sweep(ctx, s.RunID, s.Dir), e.Keep(false), e.Release(ctx))
}

// useKept takes over the kept lanes for a run that asks for some of them. ok is false where there are none.
func useKept(ctx context.Context, o Options) (_ *Set, ok bool, err error) {
	s, err := liveKept(ctx)
	if s == nil || err != nil {
		return nil, false, err
	}
	held := s.engine
	defer func() {
		if err != nil {
			err = errors.Join(err, held.Release(ctx))
		}
	}()
	chosen, err := chooseKept(s.Clusters, o.Lanes, o.NodeImage)
	if err != nil {
		return nil, false, err
	}
	info, err := engine.Describe(ctx)
	if err != nil {
		return nil, false, err
	}
	if err := keepMirror(ctx, s, info.Architecture); err != nil {
		return nil, false, err
	}
	s.Clusters = chosen
	return s, true, s.Reach(ctx, o.Dir)
}

// chooseKept finds the lanes asked for among the kept ones. One that is declared otherwise by now, or has another node image than one asked for, is
// refused.
func chooseKept(kept []clusters.Cluster, lanes []lane.Lane, image string) ([]clusters.Cluster, error) {
	var chosen []clusters.Cluster
	for _, l := range lanes {
		found := false
		for _, c := range kept {
			if c.Lane.Name != l.Name {
				continue
			}
			if !sameLane(c.Lane, l) {
				return nil, input.Errorf("kept lane %s was brought up from another declaration than %s; run `gateproof lanes down` and `gateproof lanes up`", l.Name, l.File)
			}
			if o := c.Image.Ref; image != "" && image != o {
				return nil, input.Errorf("kept lane %s has the node image %s, and %s was asked for; `gateproof lanes down` makes way for it", l.Name, o, image)
			}
			c.Lane = l // the expectation is this run's
			chosen, found = append(chosen, c), true
		}
		if !found {
			return nil, input.Errorf("lane %s is not among the kept lanes; run `gateproof lanes down` to test it, or `gateproof lanes up --lanes=...` with it", l.Name)
		}
	}
	return chosen, nil
}

func sameLane(a, b lane.Lane) bool {
	a.File, b.File = "", ""
	// what is expected does not change the cluster
	a.Expect, b.Expect = lane.Expectation{}, lane.Expectation{}
	a.Claims, b.Claims, a.Informative, b.Informative = nil, nil, nil, nil
	return reflect.DeepEqual(a, b)
}
