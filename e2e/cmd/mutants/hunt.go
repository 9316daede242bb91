package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/kill"
)

// restoreWithin bounds how long a cluster may take to be as it was before a mutant.
const restoreWithin = 3 * time.Minute

// hunt is one search for mutants that survive.
type hunt struct {
	selected []mutants.Mutant
	expected map[string]expected
	whole    bool // each mutant meets the whole suite
	all      bool // no mutant was left out
}

// run runs the suite against each mutant, the lanes' side by side, and before and after against the unbroken clusters.
func (h hunt) run(ctx context.Context, kept *clusters.Set) (kill.Matrix, error) {
	m := kill.Matrix{Started: time.Now(), Whole: h.all, Claims: claimIDs(), Mutants: make([]kill.Mutant, len(h.selected))}
	unbroken, err := h.unbroken(ctx, kept, "before")
	if err != nil {
		return m, err
	}
	m.SuiteVersion = unbroken.SuiteVersion
	m.Claims = observed(unbroken, m.Claims)
	group, groupCtx := errgroup.WithContext(ctx)
	for _, c := range kept.Clusters {
		group.Go(func() error {
			for i, mutant := range h.selected {
				if mutant.Lane != c.Lane.Name {
					continue
				}
				var err error
				if m.Mutants[i], err = h.try(groupCtx, mutant, c); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return m, err
	}
	if _, err := h.unbroken(ctx, kept, "after"); err != nil {
		return m, err
	}
	m.Duration = time.Since(m.Started)
	return m, save(m)
}

// observed are the claims that these lanes have something to observe for: the others cannot notice anything.
func observed(run reports.Run, claims []string) []string {
	passed := map[string]bool{}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			passed[r.Claim] = passed[r.Claim] || r.Verdict == reports.Holds
		}
	}
	return slices.DeleteFunc(claims, func(id string) bool { return !passed[id] })
}

// save writes the matrix and its page among the reports.
func save(m kill.Matrix) error {
	dir := filepath.Join("reports", "out")
	var page bytes.Buffer
	if err := html.RenderKills(&page, m); err != nil {
		return err
	}
	return errors.Join(m.Save(dir), reports.ReplaceFile(filepath.Join(dir, kill.HTMLFile), page.Bytes()))
}

// unbroken expects the clusters to pass as they are: all claims, or where few mutants are asked for, those that these meet.
func (h hunt) unbroken(ctx context.Context, kept *clusters.Set, when string) (run reports.Run, err error) {
	step := progress.Start(ctx, "the unbroken clusters, "+when)
	defer step.End(&err)
	var claims []string
	if !h.all && !h.whole {
		for _, m := range h.selected {
			e := h.expected[m.ID]
			claims = append(claims, append(e.Kills, e.Spares...)...)
		}
	}
	if run, err = prove(ctx, suiteRun{name: when, lanes: kept.Lanes(), claims: claims}); err != nil {
		return run, err
	}
	if code := run.ExitCode(); code != reports.ExitHolds {
		return run, fmt.Errorf("the unbroken clusters do not pass %s the mutants, so that no mutant's death means anything; see %s", when, folder(when))
	}
	return run, nil
}

// try runs the suite against one mutant and restores the cluster, whatever comes.
func (h hunt) try(ctx context.Context, mutant mutants.Mutant, c clusters.Cluster) (out kill.Mutant, err error) {
	e := h.expected[mutant.ID]
	out = kill.Mutant{
		ID: mutant.ID, Breaks: mutant.Breaks, Why: mutant.Why, Component: mutant.Component, Lane: mutant.Lane,
		MustKill: e.Kills, MustSpare: e.Spares,
	}
	step := progress.Start(ctx, "mutant "+mutant.ID+" ("+mutant.Lane+")")
	defer step.End(&err)
	broken, err := mutant.On(ctx, c)
	defer func() {
		restore, cancel := context.WithTimeout(context.WithoutCancel(ctx), restoreWithin)
		defer cancel()
		if offErr := broken.Off(restore); offErr != nil {
			err = errors.Join(err, fmt.Errorf("mutant %s could not be taken back: %w", mutant.ID, offErr))
		}
	}()
	if err != nil {
		return out, fmt.Errorf("mutant %s could not be switched on: %w", mutant.ID, err)
	}
	asked := suiteRun{name: mutant.ID, lanes: []clusters.Lane{c.Lane}, kubeconfig: broken.Kubeconfig, without: e.Without, broken: true}
	if !h.whole {
		asked.claims = append(e.Kills, e.Spares...)
	}
	found, err := prove(ctx, asked)
	if err != nil {
		return out, err
	}
	out.Take(found)
	return out, nil
}
