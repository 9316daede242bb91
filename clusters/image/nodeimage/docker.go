package nodeimage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// mirrorsLabel marks the images whose containerd looks for mirrors in the folder that is its value.
const mirrorsLabel = "gateproof.mirrors"

// inspect returns the image if the engine has it, and otherwise an Image without an ID.
func inspect(ctx context.Context, ref string, source Source) (Image, error) {
	image, ok, err := onengine.Find(ctx, ref)
	if err != nil || !ok {
		return Image{}, err
	}
	return Image{Ref: ref, ID: image.ID, Source: source, Mirrors: image.Labels[mirrorsLabel] != ""}, nil
}

const (
	// answerWithin is how long a registry may take to begin to answer; one that works does in a second.
	answerWithin = 8 * time.Second
	// pullWithin is how long a pull may take in all. The images have 300 to 500 MB.
	pullWithin = 20 * time.Minute
)

var errNoAnswer = fmt.Errorf("no registry answered within %s", answerWithin)

// pull pulls an image, and gives up soon where no registry answers.
func pull(ctx context.Context, ref string) (err error) {
	step := progress.Start(ctx, "pull "+ref)
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
	if errors.Is(context.Cause(ctx), errNoAnswer) {
		err = errNoAnswer
	}
	err = onengine.ExplainFull(ctx, err)
	step.Done("cannot be pulled") // no failure: an image can be built
	return err
}

// onWrite calls a function whenever something is written.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}
