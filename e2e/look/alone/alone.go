// Command look takes the first look of a run and proves nothing: it says what a cluster makes of the suite's pods, what that would
// cost in claims and what to do. It answers 0 where a run would reach its claims, 2 where it would end before the first.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/look"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(reports.ExitNoVerdict)
	}
}

func run() error {
	renderer := progress.For(os.Stderr)
	defer renderer.Close()
	ctx, stop := signal.NotifyContext(progress.With(context.Background(), renderer.Sink), os.Interrupt, syscall.SIGTERM)
	defer stop()

	t, err := target(ctx)
	defer func() { _ = os.RemoveAll(t.Dir) }() // how API servers elsewhere are reached
	if err != nil {
		return err
	}
	probe, remove, err := program(ctx)
	if err != nil {
		return err
	}
	defer remove()
	var errs []error
	for _, c := range t.clusters {
		fmt.Fprintln(renderer, t.greeting(c))
		text, err := at(ctx, t, c, probe)
		fmt.Print(text)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// at looks at one cluster, and removes what that made.
func at(ctx context.Context, t asked, c clusters.Cluster, probe string) (text string, err error) {
	bench, err := lab.NewBench(c, owner.ID(), probe, t.Registry)
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
	step := progress.Start(ctx, "first look at "+c.Lane.Name)
	found, err := look.Take(ctx, bench, claims.Catalogue, e2e.Rights, step.Note)
	step.End(&err)
	return found.Text(width()), err
}

// width is the terminal's, in characters.
func width() int {
	if columns, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && columns > 0 {
		return columns
	}
	return look.Width
}
