// Package onengine finds images on the container engine, and puts file systems there as images.
package onengine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/run"
)

// Image is what the engine says of an image that it has.
type Image struct {
	ID           string // sha256:...
	Architecture string // in Go's words
	Labels       map[string]string
}

// Find returns the image of that name; ok is false where the engine has none.
func Find(ctx context.Context, ref string) (image Image, ok bool, err error) {
	out, err := run.Output(ctx, "docker", "image", "inspect", ref) // as JSON: a template fails where an engine leaves out what is empty
	var failed *run.Error
	if errors.As(err, &failed) && ctx.Err() == nil && strings.Contains(strings.ToLower(failed.Output), "no such image") {
		return Image{}, false, nil
	}
	if err != nil {
		return Image{}, false, err
	}
	var found []struct {
		ID           string `json:"Id"`
		Architecture string
		Config       struct{ Labels map[string]string }
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil || len(found) != 1 || found[0].ID == "" {
		return Image{}, false, fmt.Errorf("docker image inspect %s printed no image: %s", ref, run.Tail(out, 500))
	}
	return Image{ID: found[0].ID, Architecture: found[0].Architecture, Labels: found[0].Config.Labels}, true, nil
}

// Import makes an image of one layer and returns its ID. ref is its name, "" for none, which it gets when it is whole; arch is in Go's
// words; changes are instructions of a Dockerfile. A full disk is told as a *diskfull.Error.
func Import(ctx context.Context, tree *rootfs.Tree, ref, arch string, changes ...string) (id string, err error) {
	stream, err := tree.Open()
	if err != nil {
		return "", err
	}
	defer stream.Close()
	argv := []string{"docker", "import", "--platform=linux/" + arch}
	for _, change := range changes {
		argv = append(argv, "--change="+change)
	}
	out, err := run.Cmd{Argv: append(argv, "-"), Stdin: stream}.Run(ctx)
	id = strings.TrimSpace(out)
	if err == nil && ref != "" {
		_, err = run.Output(ctx, "docker", "tag", id, ref)
	}
	if err == nil {
		return id, nil
	}
	err = ExplainFull(ctx, err)
	if id != "" { // of what came of the stream before it broke
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		_, _ = run.Output(ctx, "docker", "rmi", id)
	}
	return "", err
}

// ExplainFull is diskfull.Explain for what the engine writes.
func ExplainFull(ctx context.Context, err error) error {
	return diskfull.Explain(err, func() []diskfull.Place { return []diskfull.Place{place(ctx)} })
}

// place is where the engine keeps images and containers.
func place(ctx context.Context) diskfull.Place {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	at := diskfull.Place{Dir: "the engine's disk", Elsewhere: true,
		Remedy: "free some space there (docker system prune) or give the engine a larger disk (its data-root)"}
	if info, err := engine.Describe(ctx); err == nil && info.FreeBytes >= 0 {
		at.Dir, at.Elsewhere = info.RootDir, false
	}
	return at
}
