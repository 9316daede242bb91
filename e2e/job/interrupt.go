package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/gateproof/gateproof/clusters/progress"
)

// errInterrupted is the cause of a context that a signal has ended.
var errInterrupted = errors.New("interrupted")

// interruptible returns a context that the first SIGINT, SIGTERM or SIGHUP ends. What follows is cleanup; it is
// bounded in time, so later signals only say that it is under way.
func interruptible(r progress.Renderer) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for s := range signals {
			fmt.Fprintf(r, "%s: stopping and cleaning up, this takes up to 20 s\n", s)
			cancel(errInterrupted)
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel(nil) }
}
