package trial

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
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
		if err := undisturbed(ctx, kept, "before"); err != nil {
			return nil, err
		}
	}
	groups := t.groups()
	versions := make([]string, len(groups))
	err := corpus.EachLane(ctx, kept, turns(groups), func(ctx context.Context, i int, c clusters.Cluster) (err error) {
		var rows []matrices.Variant
		rows, versions[i], err = t.try(ctx, groups[i], c)
		for j, row := range rows {
			m.Variants[groups[i].at[j]] = row
		}
		return err
	}, func(i int, err error) {
		for _, at := range groups[i].at {
			m.Variants[at].Problem = err.Error()
		}
	})
	if ctx.Err() != nil {
		return nil, err
	}
	if t.all && err == nil {
		err = undisturbed(ctx, kept, "after")
	}
	m.SuiteVersion = cmp.Or(versions...)
	m.Duration = time.Since(m.Started)
	return m, errors.Join(err, save(*m))
}

// turns are what the groups ask of the lanes.
func turns(groups []group) []corpus.Turn {
	var out []corpus.Turn
	for _, g := range groups {
		out = append(out, corpus.Turn{Lane: g.variants[0].Lane, Change: g.change, Slow: g.slow()})
	}
	return out
}

// undisturbed runs the page's walk-through on the clusters as they are. That the other claims hold on these is what the variants show.
func undisturbed(ctx context.Context, kept *up.Set, when string) error {
	_, err := corpus.Benign.Undisturbed(ctx, kept, "the clusters as they are", corpus.Run{Name: when, Claims: corpus.Quick(kept.Lanes())})
	return err
}

// try runs the suite on a group's variants: at once, what one of them costs again without it and, where that does not come out as each of them
// must, one by one.
func (t trial) try(ctx context.Context, g group, c clusters.Cluster) (rows []matrices.Variant, version string, err error) {
	rows, version, err = t.prove(ctx, g, c, t.claims(g.variants[0]))
	for i := 0; i < len(rows) && err == nil; i++ {
		if asked := g.excused(i, rows[i]); len(asked) > 0 {
			var again []matrices.Variant
			if again, _, err = t.prove(ctx, alone(g.at[i], g.variants[i]), c, asked); err == nil {
				rows[i].Again(again[0])
			}
		}
	}
	amiss := err != nil || slices.ContainsFunc(rows, func(v matrices.Variant) bool { return len(v.Problems()) > 0 })
	if len(rows) == 1 || !amiss || ctx.Err() != nil || errors.As(err, new(corpus.Damage)) {
		return rows, version, err
	}
	for i, v := range g.variants {
		var one []matrices.Variant
		if one, version, err = t.prove(ctx, alone(g.at[i], v), c, t.claims(v)); err != nil {
			return rows, version, err
		}
		rows[i] = one[0]
	}
	return rows, version, nil
}

// prove runs the suite once, on a cluster that has the habits of all of the group; the claims are ids, none for all.
func (t trial) prove(ctx context.Context, g group, c clusters.Cluster, claims []string) (rows []matrices.Variant, version string, err error) {
	var names []string
	for _, v := range g.variants {
		names = append(names, v.ID)
	}
	for _, v := range g.variants {
		row := matrices.Variant{ID: v.ID, Habit: v.Habit, Why: v.Why, Family: v.Family, Lane: c.Lane.Name}
		row.With = slices.DeleteFunc(slices.Clone(names), func(id string) bool { return id == v.ID })
		row.May = slices.DeleteFunc(corpus.ClaimIDs(), func(id string) bool { return !v.MayMiss(id) })
		rows = append(rows, row)
	}
	v := g.variants[0] // what follows is of variants that are alone
	if rows[0].Left, err = v.Missing(ctx, c.Node); rows[0].Left != "" || err != nil {
		return rows, "", err
	}
	name := strings.Join(names, "+")
	step := progress.Start(ctx, "variant "+name+" ("+c.Lane.Name+")")
	defer step.End(&err)
	err = corpus.While(ctx, "variant "+name, g.change, c, func(altered alter.Altered) error {
		found, err := corpus.Benign.Prove(ctx, corpus.Run{
			Name: name, Lanes: []lane.Lane{c.Lane}, Kubeconfig: altered.Kubeconfig, Claims: claims, Timeouts: v.Waits, Look: true, Leaves: true,
		})
		if err != nil {
			return err
		}
		for i, v := range g.variants {
			take(ctx, &rows[i], v, found, altered, c.Node)
		}
		version = found.SuiteVersion
		return nil
	})
	return rows, version, err
}

// take notes what the run says of a variant.
func take(ctx context.Context, row *matrices.Variant, v benign.Variant, found reports.Run, altered alter.Altered, node *clusters.Node) {
	row.Take(found)
	if v.Ends && len(found.Lanes) == 1 && len(row.Held)+len(row.Accused)+len(row.Unobserved) == 0 {
		row.Ended, row.Problem = row.Problem, ""
	}
	row.InForce = v.Shown(ctx, lookLines(found), altered.Did(), node)
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
