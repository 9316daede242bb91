package onengine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

const (
	// answerWithin is how long a registry may take to begin to answer; one that works does in a second, one behind a company's proxy in ten.
	answerWithin = 20 * time.Second
	// pullWithin is how long a pull may take in all. The images have 300 to 500 MB.
	pullWithin = 20 * time.Minute
)

var (
	errNoAnswer = fmt.Errorf("no registry answered within %s", answerWithin)
	errSlow     = fmt.Errorf("it did not come within %s", pullWithin)
)

// PullError says that no registry gave the image.
type PullError struct {
	Ref string
	Err error
}

func (e *PullError) Error() string { return fmt.Sprintf("image %s cannot be pulled: %v", e.Ref, e.Err) }
func (e *PullError) Unwrap() error { return e.Err }

// Pull pulls an image for an architecture, in Go's words, and gives up soon where no registry answers. That it cannot be pulled is a
// *PullError, and no failure of the step: most images can be built. A full disk is a *diskfull.Error.
func Pull(ctx context.Context, ref, arch string) (err error) {
	step := progress.Start(ctx, "pull "+ref)
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ctx, stop := context.WithTimeoutCause(ctx, pullWithin, errSlow)
	defer stop()
	patience := time.AfterFunc(answerWithin, func() { cancel(errNoAnswer) })
	defer patience.Stop()

	_, err = run.Cmd{
		Argv:   []string{"docker", "pull", "--platform=linux/" + arch, ref},
		Stdout: onWrite(func() { patience.Stop() }),
	}.Run(ctx)
	if err == nil {
		step.Done("")
		return nil
	}
	err = ExplainFull(outer, err)
	var full *diskfull.Error
	if outer.Err() != nil || errors.As(err, &full) {
		step.End(&err)
		return err
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	step.Done("cannot be pulled: " + reason(err))
	return &PullError{ref, err}
}

// reason is the first line that the command printed, or else of the error.
func reason(err error) string {
	said := err.Error()
	var failed *run.Error
	if errors.As(err, &failed) && strings.TrimSpace(failed.Output) != "" {
		said = strings.TrimSpace(failed.Output)
	}
	first, _, _ := strings.Cut(said, "\n")
	return first
}

// onWrite calls a function whenever something is written.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}
