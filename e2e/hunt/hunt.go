package hunt

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/kill"
)

// timeouts are shorter than a run's own: on a broken cluster most waits are for what never comes.
const timeouts = "PodReady=60s,PodMade=60s,Observation=6s,Restart=30s,ProbeAnswer=20s,Terminal=10s,PodGone=60s"

// hunt is one search for mutants that survive.
type hunt struct {
	selected []mutants.Mutant
	expected map[string]expected
	whole    bool // each mutant meets the whole suite
	all      bool // no mutant was left out
	sample   bool // a quick choice: the unbroken clusters are not tried, what each mutant spares must hold anyway
}

// run runs the suite against each mutant, the lanes' side by side, and before and after against the unbroken clusters. There is no
// matrix where none could be tried.
func (h hunt) run(ctx context.Context, kept *up.Set) (*kill.Matrix, error) {
	m := &kill.Matrix{Started: time.Now(), Whole: h.all, Claims: corpus.ClaimIDs(), Mutants: make([]kill.Mutant, len(h.selected))}
	if !h.sample {
		if _, err := unbroken(ctx, kept, "before", corpus.Quick(kept.Lanes())); err != nil {
			return nil, err
		}
	}
	versions := make([]string, len(h.selected))
	err := corpus.EachLane(ctx, kept, h.turns(), func(ctx context.Context, i int, c clusters.Cluster) (err error) {
		m.Mutants[i], versions[i], err = h.try(ctx, h.selected[i], c)
		return err
	}, func(i int, err error) { m.Mutants[i].Problem = err.Error() })
	if ctx.Err() != nil {
		return nil, err
	}
	if !h.sample && err == nil {
		var after reports.Run
		after, err = unbroken(ctx, kept, "after", h.met())
		m.Claims = corpus.Observed(after, m.Claims)
	}
	m.SuiteVersion = cmp.Or(versions...)
	m.Duration = time.Since(m.Started)
	return m, errors.Join(err, save(*m))
}

// save writes the matrix and its page among the reports.
func save(m kill.Matrix) error {
	dir := reports.Out()
	var page bytes.Buffer
	if err := html.RenderKills(&page, m); err != nil {
		return err
	}
	return errors.Join(m.Save(dir), reports.ReplaceFile(filepath.Join(dir, kill.HTMLFile), page.Bytes()))
}

// turns are what the mutants ask of the lanes.
func (h hunt) turns() []corpus.Turn {
	var out []corpus.Turn
	for _, m := range h.selected {
		out = append(out, corpus.Turn{Lane: m.Lane, Change: m.Change, Slow: h.expected[m.ID].Slow != ""})
	}
	return out
}

// met are the claims that the mutants meet; none for all.
func (h hunt) met() (claims []string) {
	if h.all || h.whole {
		return nil
	}
	for _, m := range h.selected {
		e := h.expected[m.ID]
		claims = append(claims, append(e.Kills, e.Spares...)...)
	}
	return claims
}

// unbroken expects the clusters to pass as they are; claims are ids, none for all.
func unbroken(ctx context.Context, kept *up.Set, when string, claims []string) (reports.Run, error) {
	return corpus.Mutants.Undisturbed(ctx, kept, "the unbroken clusters", when, claims)
}

// try runs the suite against one mutant.
func (h hunt) try(ctx context.Context, mutant mutants.Mutant, c clusters.Cluster) (out kill.Mutant, version string, err error) {
	e := h.expected[mutant.ID]
	out = kill.Mutant{
		ID: mutant.ID, Breaks: mutant.Breaks, Why: mutant.Why, Component: mutant.Component, Lane: c.Lane.Name, Node: mutant.At,
		MustKill: e.Kills, MustSpare: e.Spares,
	}
	step := progress.Start(ctx, "mutant "+mutant.ID+" ("+c.Lane.Name+")")
	defer step.End(&err)
	err = corpus.While(ctx, "mutant "+mutant.ID, mutant.Change, c, func(broken alter.Altered) error {
		asked := corpus.Run{Name: mutant.ID, Lanes: []lane.Lane{c.Lane}, Kubeconfig: broken.Kubeconfig, Without: e.Without, Timeouts: timeouts}
		if !h.whole {
			asked.Claims = append(e.Kills, e.Spares...)
		}
		found, err := corpus.Mutants.Prove(ctx, asked)
		if err == nil {
			out.Take(found)
			version = found.SuiteVersion
		}
		return err
	})
	return out, version, err
}
