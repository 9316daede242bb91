// Package onengine finds images on the container engine, and puts file systems there as images.
package onengine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/run"
)

// Image is what the engine says of an image that it has.
type Image struct {
	ID     string // sha256:...
	Labels map[string]string
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
		ID     string `json:"Id"`
		Config struct{ Labels map[string]string }
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil || len(found) != 1 || found[0].ID == "" {
		return Image{}, false, fmt.Errorf("docker image inspect %s printed no image: %s", ref, run.Tail(out, 500))
	}
	return Image{ID: found[0].ID, Labels: found[0].Config.Labels}, true, nil
}

// Import makes an image of one layer and returns its ID. ref is its name, "" for none; arch is in Go's words; changes are
// instructions of a Dockerfile. A full disk is told as a *diskfull.Error.
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
	argv = append(argv, "-")
	if ref != "" {
		argv = append(argv, ref)
	}
	out, err := run.Cmd{Argv: argv, Stdin: stream}.Run(ctx)
	return strings.TrimSpace(out), ExplainFull(ctx, err)
}

// ExplainFull is diskfull.Explain for what the engine writes.
func ExplainFull(ctx context.Context, err error) error {
	return diskfull.Explain(err, func() []diskfull.Place { return []diskfull.Place{place(ctx)} })
}

// place is where the engine keeps images and containers.
func place(ctx context.Context) diskfull.Place {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	dir, err := run.Output(ctx, "docker", "info", "--format={{.DockerRootDir}}")
	if err != nil {
		dir = "/var/lib/docker"
	}
	return diskfull.Place{Dir: strings.TrimSpace(dir),
		Remedy: "free some space there (docker system prune) or give the engine a larger disk (its data-root)"}
}
