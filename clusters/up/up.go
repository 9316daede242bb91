// Package up brings lanes up as clusters, by kind, keeps them for later runs, and removes all that a run has made.
package up

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
)

// Options say what Up shall bring up.
type Options struct {
	RunID     string
	Lanes     []lane.Lane
	NodeImage string // one to use instead of the lanes' own
	Dir       string // for the run's files; made here
	Keep      bool   // what is made outlives this process; set by Keep
}

// Set is what a run has brought up, as plain data.
type Set struct {
	RunID    string
	Dir      string
	Clusters []clusters.Cluster
	Kept     bool // to be left up for later runs

	engine *engine.Engine
}

// Up brings the lanes up, all at once, or none: on failure what had come up is taken away again.
// Kept lanes are used as they are; if they are gone (the machine was restarted), they are removed and Up begins anew.
func Up(ctx context.Context, o Options) (set *Set, err error) {
	if kept, ok, err := useKept(ctx, o); ok || err != nil {
		return kept, err
	}
	return up(ctx, o)
}

func up(ctx context.Context, o Options) (set *Set, err error) {
	set = &Set{RunID: o.RunID, Dir: o.Dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, set.Down(context.WithoutCancel(ctx)))
		}
	}()
	if set.engine, err = Engine(ctx); err != nil {
		return set, err
	}
	info, err := engine.Describe(ctx)
	if err != nil {
		return set, err
	}
	images, err := nodeImages(ctx, o, info)
	if err != nil {
		return set, err
	}
	have, err := ensureRuntimes(ctx, o.Lanes, info.Architecture)
	if err != nil {
		return set, err
	}
	if err := holdCgroup1(ctx, o, images, info.CgroupVersion); err != nil {
		return set, err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return set, err
	}
	if err := createNetwork(ctx, o.RunID, o.Keep); err != nil {
		return set, err
	}
	if err := os.Setenv(kindNetworkEnv, networkName(o.RunID)); err != nil {
		return set, err
	}
	var address string
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		ref, err := mirror.Ensure(groupCtx, info.Architecture)
		if err == nil {
			address, err = startMirror(groupCtx, o.RunID, ref)
		}
		return err
	})
	group.Go(func() error {
		var err error
		set.Clusters, err = bootAll(groupCtx, o, images, have, info.CgroupVersion)
		return err
	})
	if err := group.Wait(); err != nil {
		return set, onengine.ExplainFull(ctx, err)
	}
	return set, tellNodes(ctx, set.Clusters, address) // before the first pod pulls
}

// nodeImages finds the image of each version once.
func nodeImages(ctx context.Context, o Options, on engine.Info) (map[string]nodeimage.Image, error) {
	images := map[string]nodeimage.Image{}
	for _, l := range o.Lanes {
		for _, version := range l.Versions() {
			if _, ok := images[version]; ok {
				continue
			}
			image, err := nodeimage.Ensure(ctx, nodeimage.Request{Version: version, Given: o.NodeImage, LaterToo: !l.Names(), Arch: on.Architecture, Cgroup: on.CgroupVersion})
			var other *nodeimage.OtherVersionError
			if errors.As(err, &other) {
				err = fmt.Errorf("%w; %s", err, lane.Fitting(other.Has))
			}
			if err != nil {
				return nil, &LaneError{Lane: l.Name, Err: err}
			}
			images[version] = image
		}
	}
	return images, nil
}

// bootAll boots the lanes in parallel. The first failure ends the others.
func bootAll(ctx context.Context, o Options, images map[string]nodeimage.Image, have brought, cgroup string) ([]clusters.Cluster, error) {
	booted := make([]clusters.Cluster, len(o.Lanes))
	var mu sync.Mutex
	var errs []error
	group, ctx := errgroup.WithContext(ctx)
	for i, l := range o.Lanes {
		group.Go(func() error {
			c, err := boot(ctx, l, networkName(o.RunID)+"-"+l.Name, images, have, o.Dir, cgroup)
			booted[i] = c
			mu.Lock()
			defer mu.Unlock()
			// Of those that end since another has failed the error may be that one's.
			another := len(errs) > 0 && errors.Is(err, errs[0])
			if err != nil && !another && !errors.Is(err, context.Canceled) {
				errs = append(errs, err)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		if len(errs) == 0 {
			errs = append(errs, err)
		}
		return booted, errors.Join(errs...)
	}
	return booted, nil
}

// Lanes are those of the clusters.
func (s *Set) Lanes() []lane.Lane {
	var lanes []lane.Lane
	for _, c := range s.Clusters {
		lanes = append(lanes, c.Lane)
	}
	return lanes
}

// Down removes what Up made, but for kept lanes. The engine is stopped if it was started for this run.
func (s *Set) Down(ctx context.Context) error {
	var errs []error
	if s.engine != nil && !s.Kept {
		errs = append(errs, Sweep(ctx, s.RunID, s.Dir))
	}
	if s.engine != nil {
		errs = append(errs, s.engine.Release(ctx))
	}
	return errors.Join(errs...)
}

// Keep brings the lanes up for later runs. Lanes that are kept already are an input.Err, and so is another that is bringing some up.
func Keep(ctx context.Context, o Options) (*Set, error) {
	alone, err := aloneKeeping()
	if err != nil {
		return nil, err
	}
	defer alone.Release()
	kept, err := liveKept(ctx)
	if err != nil {
		return nil, err
	}
	if kept != nil {
		return nil, errors.Join(
			input.Errorf("lanes %v are up already; `gateproof lanes down` removes them", lane.Names(kept.Lanes())), kept.engine.Release(ctx))
	}
	o.Keep = true
	set, err := up(ctx, o)
	if err != nil {
		return nil, err
	}
	return set, set.Keep(ctx)
}
