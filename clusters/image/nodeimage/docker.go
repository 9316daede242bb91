package nodeimage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// mirrorsLabel marks the images whose containerd looks for mirrors in the folder that is its value.
const mirrorsLabel = "gateproof.mirrors"

// inspect returns the image if the engine has it, and otherwise an Image without an ID.
func inspect(ctx context.Context, ref string, source Source) (Image, error) {
	out, err := run.Output(ctx, "docker", "image", "inspect", ref) // as JSON: a template fails where an engine leaves out what is empty
	var failed *run.Error
	if errors.As(err, &failed) && ctx.Err() == nil && strings.Contains(strings.ToLower(failed.Output), "no such image") {
		return Image{}, nil
	}
	if err != nil {
		return Image{}, err
	}
	var found []struct {
		ID     string `json:"Id"`
		Config struct{ Labels map[string]string }
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil || len(found) != 1 || found[0].ID == "" {
		return Image{}, fmt.Errorf("docker image inspect %s printed no image: %s", ref, run.Tail(out, 500))
	}
	return Image{Ref: ref, ID: found[0].ID, Source: source, Mirrors: found[0].Config.Labels[mirrorsLabel] != ""}, nil
}

// Has tells whether the engine has an image of that name.
func Has(ctx context.Context, ref string) (bool, error) {
	image, err := inspect(ctx, ref, Present)
	return image.ID != "", err
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
	err = ExplainFull(ctx, err)
	step.Done("cannot be pulled") // no failure: an image can be built
	return err
}

// onWrite calls a function whenever something is written.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}

// ExplainFull is diskfull.Explain for what the engine writes.
func ExplainFull(ctx context.Context, err error) error {
	return diskfull.Explain(err, func() []diskfull.Place { return []diskfull.Place{enginePlace(ctx)} })
}

// enginePlace is where the engine keeps images and containers.
func enginePlace(ctx context.Context) diskfull.Place {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	dir, err := run.Output(ctx, "docker", "info", "--format={{.DockerRootDir}}")
	if err != nil {
		dir = "/var/lib/docker"
	}
	return diskfull.Place{Dir: strings.TrimSpace(dir),
		Remedy: "free some space there (docker system prune) or give the engine a larger disk (its data-root)"}
}
