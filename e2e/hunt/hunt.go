package hunt

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
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
		if _, err := unbroken(ctx, kept, corpus.Run{Name: "before", Claims: corpus.Quick(kept.Lanes()), Leaves: true}); err != nil {
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
		after, err = unbroken(ctx, kept, corpus.Run{Name: "after", Claims: h.met(), Of: h.spared(kept.Lanes())})
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

// spared are the claims of lanes that need not meet all that the mutants meet: as much is expected of another that more mutants are meant for,
// which does. Such a lane meets the page's own, and what mutants that are meant for it meet.
func (h hunt) spared(lanes []lane.Lane) map[string][]string {
	own := map[string]int{}
	for _, m := range h.selected {
		own[m.Lane]++
	}
	out := map[string][]string{}
	for _, l := range lanes {
		if !slices.ContainsFunc(lanes, func(other lane.Lane) bool { return corpus.Alike(other, l) && own[other.Name] > own[l.Name] }) {
			continue
		}
		out[l.Name] = corpus.Quick([]lane.Lane{l})
		for _, m := range h.selected {
			if e := h.expected[m.ID]; m.Lane == l.Name {
				out[l.Name] = slices.Concat(out[l.Name], e.Kills, e.Spares)
			}
		}
	}
	return out
}

// unbroken expects the clusters to pass as they are.
func unbroken(ctx context.Context, kept *up.Set, r corpus.Run) (reports.Run, error) {
	return corpus.Mutants.Undisturbed(ctx, kept, "the unbroken clusters", r)
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
		asked := corpus.Run{Name: mutant.ID, Lanes: []lane.Lane{c.Lane}, Kubeconfig: broken.Kubeconfig, Without: e.Without, Timeouts: timeouts, Leaves: true}
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
