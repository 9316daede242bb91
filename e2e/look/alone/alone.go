// Package alone takes the first look of a run and proves nothing: it says what a cluster makes of the suite's pods, what that would cost in
// claims and what to do.
package alone

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/term"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/nodes"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/incluster"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/look"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/fixtures/program"
)

// Run looks at what the environment asks for, and prints what it found. An error says that a run would end before its first claim.
func Run(ctx context.Context, out, news io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "gateproof-look-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if _, err := incluster.Resolve(settings.KubeconfigEnv, dir); err != nil {
		return err
	}
	t, err := target(ctx)
	defer func() { _ = os.RemoveAll(t.Dir) }() // how API servers elsewhere are reached
	if err != nil {
		return err
	}
	var errs []error
	for _, c := range t.clusters {
		probe := filepath.Join(dir, c.Lane.Name)
		text, err := program.Probe(cmp.Or(c.Arch, runtime.GOARCH))
		if err == nil {
			err = os.WriteFile(probe, text, 0o755)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(news, t.greeting(c))
		found, err := at(ctx, t, c, probe)
		fmt.Fprint(out, found)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// at looks at one cluster, and removes what that made.
func at(ctx context.Context, t asked, c clusters.Cluster, probe string) (text string, err error) {
	bench, err := lab.NewBench(c, owner.ID(), probe)
	if err != nil {
		return "", err
	}
	if err := bench.UsePullSecret(ctx, t.PullSecret); err != nil {
		return "", fmt.Errorf("%s: %w", settings.PullSecretEnv, err)
	}
	if c.Node != nil {
		if err := lab.Grant(ctx, c.Node, e2e.Rights); err != nil {
			return "", err
		}
	}
	defer func() { err = errors.Join(err, bench.Clean(context.WithoutCancel(ctx), false)) }()
	home := bench
	if t.Existing != nil {
		bench.ByPod = t.NodeAccess == settings.Debug
		plan, err := nodes.Take(ctx, bench.Client, c.Lane.Version, t.Nodes, c.Lane.RuntimeClass)
		if err != nil {
			return "", err
		}
		if plan.All > 1 || plan.Unknown != "" {
			text = "nodes: " + plan.String() + "\n"
		}
		if node := plan.Home(); node != "" {
			home = bench.On(lab.Spot{Node: node, Lane: c.Lane, Probe: probe})
		}
	}
	step := progress.Start(ctx, "first look at "+c.Lane.Name)
	found, _, err := look.AtHome(ctx, home, bench, claims.Catalogue, e2e.Rights, step.Note)
	step.End(&err)
	return text + found.Text(width()), err
}

// width is the terminal's, in characters.
func width() int {
	if columns, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && columns > 0 {
		return columns
	}
	return look.Width
}
