package suite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// upWithin bounds bringing up the clusters, a node image built from source included.
const (
	upWithin   = 60 * time.Minute
	downWithin = 5 * time.Minute
)

// broughtUp is what the first Ginkgo process has brought up, upErrs what kept lanes from coming up.
var (
	broughtUp *up.Set
	upErrs    []*up.LaneError
)

// handed is what the first Ginkgo process tells the others.
type handed struct {
	Clusters []clusters.Cluster
	Probe    string
	Scale    float64          // of the waits, as the first look found it
	Home     string           // the node for a cluster of somebody's that is one place; "" for the scheduler's choice
	Blind    map[string]blind // of its nodes, those on which no claim can see anything
}

// blinded are the nodes on which the first look found that no claim can see anything, in each process.
var blinded map[string]blind

// bringUpAndDown declares the suite's own setup: the first process boots the lanes, all of them connect.
func bringUpAndDown(asked settings.Settings) {
	ginkgo.SynchronizedBeforeSuite(func(ctx ginkgo.SpecContext) []byte {
		out, err := json.Marshal(bringUp(withProgress(ctx), asked))
		Expect(err).NotTo(HaveOccurred())
		return out
	}, func(ctx ginkgo.SpecContext, data []byte) {
		var h handed
		Expect(json.Unmarshal(data, &h)).To(Succeed())
		lab.ScaleTimeouts(h.Scale)
		for _, c := range h.Clusters {
			if benches[c.Lane.Name] == nil { // the first process has connected to look
				benches[c.Lane.Name] = connect(ctx, asked, c, h.Probe)
			}
			settle(asked, h, c, benches[c.Lane.Name])
		}
		blinded = h.Blind
	}, ginkgo.NodeTimeout(upWithin))

	ginkgo.SynchronizedAfterSuite(func() {}, func(ctx ginkgo.SpecContext) {
		if broughtUp == nil {
			return
		}
		if broughtUp.Kept || asked.Existing != nil {
			// What stays is somebody's nuisance, and no word about the claims.
			if err := clean(ctx); err != nil {
				ginkgo.AddReportEntry(reports.WarningEntry+"remove the namespaces", "the run's namespaces are not all gone: "+err.Error())
			}
		}
		if interrupted.Load() && os.Getenv(settings.JobEnv) != "" {
			return // the main job sweeps; the reports must be written before its patience ends
		}
		step := progress.Start(withProgress(ctx), "take the lanes down")
		err := broughtUp.Down(ctx)
		step.End(&err)
		Expect(err).NotTo(HaveOccurred(), "taking the lanes down")
	}, ginkgo.NodeTimeout(downWithin))
}

// clean removes what the run has made on clusters that stay, on all at once: a namespace takes at least 5 s to go.
func clean(ctx context.Context) error {
	errs := make(chan error, len(benches))
	for _, b := range benches {
		go func() { errs <- b.Clean(ctx, !interrupted.Load()) }()
	}
	var all []error
	for range benches {
		all = append(all, <-errs)
	}
	return errors.Join(all...)
}

// bringUp boots the lanes, and lays the probe ready.
func bringUp(ctx context.Context, asked settings.Settings) handed {
	ginkgo.GinkgoHelper()
	Expect(os.MkdirAll(asked.Dir, 0o755)).To(Succeed())
	var err error
	if asked.Existing != nil {
		broughtUp, err = attach(ctx, asked)
	} else {
		broughtUp, err = up.Up(ctx, asked.ClusterOptions())
	}
	if err != nil {
		broughtUp, upErrs = nil, up.LaneErrors(err)
		ginkgo.Fail(err.Error())
	}
	Expect(grant(ctx, broughtUp.Clusters)).To(Succeed())
	probe, err := layProbes(asked, broughtUp.Clusters[0])
	Expect(err).NotTo(HaveOccurred())
	if broughtUp.Kept {
		for _, c := range broughtUp.Clusters {
			Expect(connect(ctx, asked, c, probe).SweepGone(ctx)).To(Succeed(), "removing what killed runs have left on the kept lanes")
		}
	}
	h := handed{Clusters: broughtUp.Clusters, Probe: probe, Scale: 1, Home: asked.Plan.Home(), Blind: map[string]blind{}}
	if asked.Look {
		firstLook(ctx, asked, &h)
	}
	return h
}

// connect makes the bench of a cluster.
func connect(ctx context.Context, asked settings.Settings, c clusters.Cluster, probe string) *lab.Bench {
	ginkgo.GinkgoHelper()
	bench, err := lab.NewBench(c, asked.RunID, probe)
	Expect(err).NotTo(HaveOccurred())
	bench.ByPod = asked.NodeAccess == settings.Debug
	if c.Node == nil {
		Expect(bench.Reach(ctx)).To(Succeed())
	}
	Expect(bench.UsePullSecret(ctx, asked.PullSecret)).To(Succeed(), settings.PullSecretEnv)
	return bench
}

// grant gives the run its rights on clusters of ours; on somebody's own it has what it was given.
func grant(ctx context.Context, set []clusters.Cluster) error {
	all, ctx := errgroup.WithContext(ctx)
	for _, c := range set {
		if c.Node != nil {
			all.Go(func() error { return lab.Grant(ctx, c.Node, e2e.Rights) })
		}
	}
	return all.Wait()
}

// interrupted says that a person, or CI, has stopped the run: what is left is to report and to clean up, quickly.
var interrupted *atomic.Bool

func watchInterrupts() *atomic.Bool {
	var flag atomic.Bool
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		flag.Store(true)
	}()
	return &flag
}

// attach takes a cluster that is there already.
func attach(ctx context.Context, asked settings.Settings) (*up.Set, error) {
	c, err := asked.Existing.Attach(ctx)
	if err != nil {
		return nil, err
	}
	c.Arch = cmp.Or(asked.Plan.Arch(), c.Arch)
	if asked.NodeAccess == settings.Debug {
		c.Facts["node access"] = "by a privileged pod on each chosen node"
	}
	return &up.Set{Clusters: []clusters.Cluster{c}}, nil
}

// news takes what shall be seen at once: the main job shows it; under a bare `ginkgo` it goes to the spec's output.
var news = sync.OnceValue(func() progress.Sink {
	if path := os.Getenv(progress.Env); path != "" {
		if sink, err := progress.ToFile(path); err == nil {
			return sink
		}
	}
	return progress.Plain(ginkgo.GinkgoWriter).Sink
})

func withProgress(ctx context.Context) context.Context { return progress.With(ctx, news()) }
