package onengine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

const (
	// answerWithin is how long a registry may take to begin to answer; one that works does in a second, one behind a company's proxy in ten.
	answerWithin = 20 * time.Second
	// pullWithin is how long a pull may take in all. The images have 300 to 500 MB.
	pullWithin = 20 * time.Minute
)

var errNoAnswer = fmt.Errorf("no registry answered within %s", answerWithin)

// PullError says that no registry gave the image.
type PullError struct {
	Ref string
	Err error
}

func (e *PullError) Error() string { return fmt.Sprintf("image %s cannot be pulled: %v", e.Ref, e.Err) }
func (e *PullError) Unwrap() error { return e.Err }

// Pull pulls an image, and gives up soon where no registry answers. That it cannot be pulled is a *PullError, and no failure of the step:
// most images can be built.
func Pull(ctx context.Context, ref string) (err error) {
	step := progress.Start(ctx, "pull "+ref)
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ctx, stop := context.WithTimeout(ctx, pullWithin)
	defer stop()
	patience := time.AfterFunc(answerWithin, func() { cancel(errNoAnswer) })
	defer patience.Stop()

	_, err = run.Cmd{
		Argv:   []string{"docker", "pull", ref},
		Stdout: onWrite(func() { patience.Stop() }),
	}.Run(ctx)
	if err == nil {
		step.Done("")
		return nil
	}
	if outer.Err() != nil {
		step.End(&err)
		return err
	}
	if errors.Is(context.Cause(ctx), errNoAnswer) {
		err = errNoAnswer
	}
	step.Done("cannot be pulled")
	return &PullError{ref, ExplainFull(outer, err)}
}

// onWrite calls a function whenever something is written.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}
