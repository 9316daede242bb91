// Package bench says where a warm run's time goes, and how it compares with what kind alone needs for the same clusters: both are measured in
// one run, one after the other, on one engine.
package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	"sigs.k8s.io/kind/cmd/kind/app"
	"sigs.k8s.io/kind/pkg/cmd"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/reports"
)

// Bench is what was measured, in one run.
type Bench struct {
	kindCreate time.Duration // `kind create cluster` of each default lane, at once
	kindDelete time.Duration // `kind delete cluster`, at once
	e2e        time.Duration // the main job
	run        reports.Run
	events     []progress.Event
	processors []line // what took how much processor time in it
	processes  int    // on the nodes, at once
}

// KindWord is the first argument by which this program is the kind command.
const KindWord = "kind"

// Kind is that command.
func Kind(args []string) error {
	return app.Run(cmd.NewLogger(), cmd.StandardIOStreams(), args)
}

// kindWait is how long kind waits for Ready, as the suite does.
const kindWait = "3m"

// Measure measures both, several times in turn.
func Measure(ctx context.Context, times int) (Benches, error) {
	lanes, err := lane.Select(lane.DefaultNames)
	if err != nil {
		return nil, err
	}
	e, err := up.Engine(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = e.Release(ctx) }()
	if _, err := up.EnsureImages(ctx, up.Options{Lanes: lanes}); err != nil {
		return nil, err
	}
	var all Benches
	for range times {
		var b Bench
		if b.kindCreate, b.kindDelete, err = plainKind(ctx, lanes); err != nil {
			return all, err
		}
		if err := b.suite(ctx, lanes); err != nil {
			return all, err
		}
		all = append(all, b)
	}
	return all, nil
}

// plainKind times the kind command itself for the same clusters: same image, same gates, at once.
func plainKind(ctx context.Context, lanes []lane.Lane) (create, remove time.Duration, err error) {
	on, err := engine.Describe(ctx)
	if err != nil {
		return 0, 0, err
	}
	dir, err := os.MkdirTemp("", "gateproof-bench-")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	network := "gateproof-bench-" + owner.ID()
	defer func() {
		_, _ = run.Output(context.WithoutCancel(ctx), "docker", "network", "rm", network) // absent after an early failure
	}()
	kind := func(ctx context.Context, step string, args func(l lane.Lane) ([]string, error)) (took time.Duration, err error) {
		s := progress.Start(ctx, step)
		defer s.End(&err)
		start := time.Now()
		group, ctx := errgroup.WithContext(ctx)
		for _, l := range lanes {
			group.Go(func() error {
				argv, err := args(l)
				if err == nil {
					_, err = run.Cmd{Argv: append([]string{self, KindWord}, argv...), Env: []string{"KIND_EXPERIMENTAL_DOCKER_NETWORK=" + network}}.Run(ctx)
				}
				return err
			})
		}
		err = group.Wait()
		return time.Since(start), err
	}
	name := func(l lane.Lane) string { return network + "-" + l.Name }
	kubeconfig := func(l lane.Lane) string { return filepath.Join(dir, l.Name) }
	remover := func(l lane.Lane) ([]string, error) {
		return []string{"delete", "cluster", "--name", name(l), "--kubeconfig", kubeconfig(l)}, nil
	}
	create, err = kind(ctx, "plain kind: create", func(l lane.Lane) ([]string, error) {
		image, err := nodeimage.Ensure(ctx, nodeimage.Request{Version: l.Version, Arch: on.Architecture, Cgroup: on.CgroupVersion})
		if err != nil {
			return nil, err
		}
		cfg := kubeconfig(l) + ".yaml"
		text := fmt.Sprintf("kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nfeatureGates: {%s: %t}\n", lane.Gate, l.Gate[lane.Kubelet])
		return []string{"create", "cluster", "--name", name(l), "--image", image.Ref, "--config", cfg, "--kubeconfig", kubeconfig(l), "--wait", kindWait},
			os.WriteFile(cfg, []byte(text), 0o600)
	})
	if err != nil {
		_, cleanErr := kind(context.WithoutCancel(ctx), "plain kind: clean up", remover)
		return 0, 0, errors.Join(err, cleanErr)
	}
	remove, err = kind(context.WithoutCancel(ctx), "plain kind: delete", remover)
	return create, remove, errors.Join(err, ctx.Err())
}

// runName is of the folder of the main job's reports.
const runName = "run"

// suite times the main job, whatever the caller's shell has for runs of its own, and reads what it has left.
func (b *Bench) suite(ctx context.Context, lanes []lane.Lane) error {
	s := progress.Start(ctx, "the main job")
	start := time.Now()
	var err error
	var itself time.Duration
	watched, stop := watchProcessors(ctx)
	b.run, err = corpus.Bench.Prove(ctx, corpus.Run{Name: runName, Lanes: lanes, Ended: func(p *os.ProcessState) { itself = p.UserTime() + p.SystemTime() }})
	stop()
	b.processors, b.processes = watched.table(itself), watched.mostProcesses()
	if err == nil && b.run.ExitCode() != reports.ExitHolds {
		err = fmt.Errorf("the claims do not hold; see %s", corpus.Bench.Folder(runName))
	}
	s.End(&err)
	if err != nil {
		return err
	}
	b.e2e = time.Since(start)
	ctx, cancel := context.WithCancel(ctx)
	cancel() // everything is written: one pass reads it all
	return progress.Follow(ctx, filepath.Join(corpus.Bench.Folder(runName), reports.EventsFile), func(e progress.Event) { b.events = append(b.events, e) })
}
