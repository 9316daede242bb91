package lab

import (
	"context"
	"errors"
	"strconv"

	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"
)

// OpenExec is an exec under way.
type OpenExec struct {
	ended          chan struct{}
	stdout, stderr collected
	err            error
}

// Open runs argv in the container and does not wait for it. What is not ended by then ends with ctx.
func (c *Container) Open(ctx context.Context, argv ...string) (*OpenExec, error) {
	executor, err := c.executor(argv, false)
	if err != nil {
		return nil, err
	}
	x := &OpenExec{ended: make(chan struct{})}
	go func() {
		defer close(x.ended)
		x.err = executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdout: &x.stdout, Stderr: &x.stderr})
	}()
	return x, nil
}

// Ended says whether the stream has, however that was.
func (x *OpenExec) Ended() bool {
	select {
	case <-x.ended:
		return true
	default:
		return false
	}
}

// End is how a stream that has ended did: the command's exit code, or why nobody said that.
func (x *OpenExec) End() (exitCode int, untold error) {
	<-x.ended
	var exit exec.CodeExitError
	if errors.As(x.err, &exit) {
		return exit.Code, nil
	}
	return 0, x.err
}

// OpenHeld opens an exec whose command is a process that waits to be seen.
func (c *Container) OpenHeld(ctx context.Context) (*OpenExec, Process, error) {
	return c.openHeld(ctx, `exec "$0" hold "$1"`)
}

// LeavingExitCode is how the command of OpenLeaving ends.
const LeavingExitCode = 3

// OpenLeaving opens an exec whose command ends, with LeavingExitCode, and leaves a process behind, which keeps the exec's stdout and stderr, or not.
func (c *Container) OpenLeaving(ctx context.Context, keeps bool) (*OpenExec, Process, error) {
	if keeps {
		return c.openHeld(ctx, `"$0" hold "$1" & exit $2`)
	}
	return c.openHeld(ctx, `"$0" hold "$1" </dev/null >/dev/null 2>&1 & exit $2`)
}

func (c *Container) openHeld(ctx context.Context, script string) (*OpenExec, Process, error) {
	if _, err := c.bringProbe(ctx); err != nil {
		return nil, Process{}, err
	}
	word := Word()
	x, err := c.Open(ctx, "sh", "-c", script, ProbePath, word, strconv.Itoa(LeavingExitCode))
	if err != nil {
		return nil, Process{}, err
	}
	p, err := c.waitForHeld(ctx, word, func(Process) bool { return true })
	return x, p, err
}
