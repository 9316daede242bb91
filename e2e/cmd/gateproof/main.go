// Command gateproof proves what Kubernetes promises about shared process namespaces, on clusters of its own or on one that is there.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/e2e/bench"
	"github.com/gateproof/gateproof/e2e/corpus"
	"github.com/gateproof/gateproof/e2e/job"
	"github.com/gateproof/gateproof/reports"
)

func main() {
	job.Other(os.Args)
	if len(os.Args) > 1 && os.Args[1] == bench.KindWord {
		if bench.Kind(os.Args[2:]) != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(execute())
}

// execute runs the command and returns its exit code.
func execute() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := root().ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, new(corpus.Damage)): // which explains what stays behind
	case errors.Is(err, context.Canceled):
		err = interrupted(err)
	}
	fmt.Fprintln(os.Stderr, "gateproof:", err)
	return reports.ExitNoVerdict
}

// exitCode ends the command without a message: what there is to say has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprint("exit code ", int(c)) }

// ended is the error that says a code; none for 0.
func ended(code int) error {
	if code == 0 {
		return nil
	}
	return exitCode(code)
}

// withProgress runs a command that tells its steps on standard error: news takes other lines for it, and is closed before the command prints its
// result. What go commands below it leave behind when they are stopped is removed.
func withProgress(ctx context.Context, run func(ctx context.Context, news progress.Renderer) error) (err error) {
	dir, err := os.MkdirTemp("", "gateproof-go-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := paths.GoTemp(dir); err != nil {
		return err
	}
	news := progress.For(os.Stderr)
	defer news.Close()
	return run(progress.With(ctx, news.Sink), news)
}
