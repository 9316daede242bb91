package trial

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
	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/reports"
	matrices "github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/html"
)

// trial is one search for a healthy cluster that the suite accuses.
type trial struct {
	selected []benign.Variant
	all      bool // no variant was left out
	sample   bool // a quick choice: of the claims the page's walk-through, what a habit bears on, and what must hold whatever it costs
}

// run runs the suite on each variant, the lanes' side by side. There is no matrix where none could be tried.
func (t trial) run(ctx context.Context, kept *up.Set) (*matrices.Matrix, error) {
	m := &matrices.Matrix{Started: time.Now(), Whole: t.all, Claims: corpus.ClaimIDs(), Variants: make([]matrices.Variant, len(t.selected))}
	if t.all {
		if _, err := undisturbed(ctx, kept, "before"); err != nil {
			return nil, err
		}
	}
	versions := make([]string, len(t.selected))
	err := corpus.EachLane(ctx, kept, t.turns(), func(ctx context.Context, i int, c clusters.Cluster) (err error) {
		m.Variants[i], versions[i], err = t.try(ctx, t.selected[i], c)
		return err
	}, func(i int, err error) { m.Variants[i].Problem = err.Error() })
	if ctx.Err() != nil {
		return nil, err
	}
	if t.all && err == nil {
		_, err = undisturbed(ctx, kept, "after")
	}
	m.SuiteVersion = cmp.Or(versions...)
	m.Duration = time.Since(m.Started)
	return m, errors.Join(err, save(*m))
}

// turns are what the variants ask of the lanes.
func (t trial) turns() []corpus.Turn {
	var out []corpus.Turn
	for _, v := range t.selected {
		out = append(out, corpus.Turn{Lane: v.Lane, Change: v.Change, Slow: v.Slow != ""})
	}
	return out
}

// undisturbed runs the page's walk-through on the clusters as they are. That the other claims hold on these is what the variants show.
func undisturbed(ctx context.Context, kept *up.Set, when string) (run reports.Run, err error) {
	step := progress.Start(ctx, "the clusters as they are, "+when)
	defer step.End(&err)
	return corpus.Benign.Undisturbed(ctx, corpus.Run{Name: when, Lanes: kept.Lanes(), Claims: corpus.WalkThrough()})
}

// try runs the suite on one variant.
func (t trial) try(ctx context.Context, v benign.Variant, c clusters.Cluster) (out matrices.Variant, version string, err error) {
	out = matrices.Variant{ID: v.ID, Habit: v.Habit, Why: v.Why, Family: v.Family, Lane: c.Lane.Name}
	out.May = slices.DeleteFunc(corpus.ClaimIDs(), func(id string) bool { return !v.MayMiss(id) })
	if out.Left, err = v.Missing(ctx, c.Node); out.Left != "" || err != nil {
		return out, "", err
	}
	step := progress.Start(ctx, "variant "+v.ID+" ("+c.Lane.Name+")")
	defer step.End(&err)
	err = corpus.While(ctx, "variant "+v.ID, v.Change, c, func(altered alter.Altered) error {
		found, err := corpus.Benign.Prove(ctx, corpus.Run{
			Name: v.ID, Lanes: []lane.Lane{c.Lane}, Kubeconfig: altered.Kubeconfig, Claims: t.claims(v), Timeouts: v.Waits, Look: true,
		})
		if err != nil {
			return err
		}
		out.Take(found)
		if v.Ends && len(found.Lanes) == 1 && len(out.Held)+len(out.Accused)+len(out.Unobserved) == 0 {
			out.Ended, out.Problem = out.Problem, ""
		}
		out.InForce = v.Shown(ctx, lookLines(found), altered.Did(), c.Node)
		version = found.SuiteVersion
		return nil
	})
	return out, version, err
}

// claims are the ids of those that the variant meets; none for all.
func (t trial) claims(v benign.Variant) []string {
	if !t.sample {
		return v.Claims
	}
	return slices.Concat(corpus.WalkThrough(), v.Bears, v.Holds)
}

// lookLines are what the run's first look found, a line each.
func lookLines(run reports.Run) []string {
	var lines []string
	for _, l := range run.Lanes {
		for _, row := range l.Look {
			lines = append(lines, row.What+": "+row.Found)
		}
	}
	return lines
}

// save writes the matrix and its page among the reports.
func save(m matrices.Matrix) error {
	dir := reports.Out()
	var page bytes.Buffer
	if err := html.RenderBenign(&page, m); err != nil {
		return err
	}
	return errors.Join(m.Save(dir), reports.ReplaceFile(filepath.Join(dir, matrices.HTMLFile), page.Bytes()))
}
