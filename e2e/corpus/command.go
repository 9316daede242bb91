package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/up"
)

// The exit codes of both commands.
const (
	ExitShown    = 0 // what was to be shown is shown
	ExitNotShown = 1
	ExitUnknown  = 2 // infrastructure or input at fault
)

// Execute runs a command that says what it came to. Progress goes to standard error.
func Execute(cmd *cobra.Command, run func(ctx context.Context, show func()) (code int, err error)) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	renderer := progress.For(os.Stderr)
	defer renderer.Close()
	code := ExitShown
	cmd.Args, cmd.SilenceErrors, cmd.SilenceUsage = cobra.NoArgs, true, true
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		code, err = run(cmd.Context(), renderer.Close)
		return err
	}
	if err := cmd.ExecuteContext(progress.With(ctx, renderer.Sink)); err != nil {
		renderer.Close()
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		return ExitUnknown
	}
	return code
}

// OnKept compiles the suite's programs and does something with the lanes that are up.
func OnKept(ctx context.Context, do func(kept *up.Set) error) (err error) {
	if err := Compile(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(paths.Temp(owner.ID()))) }() // how API servers elsewhere are reached
	kept, leave, err := Kept(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(kept), leave())
}
