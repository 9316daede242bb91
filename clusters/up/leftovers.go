package up

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// A run that is killed, or loses its machine, sweeps nothing. Its nodes even come back with the next start of the
// engine, and take processor and memory from the clusters under test.

// Engine is engine.Ensure for those who use containers: it removes first what runs whose process is gone have left.
// What can't be removed is told as a progress step and stops nobody.
func Engine(ctx context.Context) (*engine.Engine, error) {
	e, err := engine.Ensure(ctx)
	if err == nil {
		_ = sweepGone(ctx)
	}
	return e, err
}

// sweepGone sweeps after each run on the engine whose process is gone, but for those whose lanes are kept.
func sweepGone(ctx context.Context) error {
	listed, err := marked(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range gone(listed) {
		errs = append(errs, sweepAfter(ctx, id))
	}
	return errors.Join(errs...)
}

func sweepAfter(ctx context.Context, id string) (err error) {
	step := progress.Start(ctx, "remove what run "+id+" left: its process is gone")
	defer step.End(&err)
	errs := []error{Sweep(ctx, id, ""), removeImages(ctx, id)}
	folders, err := filepath.Glob(paths.Temp(id) + "*")
	errs = append(errs, err)
	for _, folder := range folders {
		errs = append(errs, os.RemoveAll(folder))
	}
	return errors.Join(errs...)
}

// marked lists the marks of everything on the engine that a run has made, a line each: the run's id, its process and, of
// a network of kept lanes, the file that describes them.
func marked(ctx context.Context) (string, error) {
	filter := "--filter=label=" + owner.ProcessLabel
	format := fmt.Sprintf("--format={{.Label %q}} {{.Label %q}} {{.Label %q}}", owner.Label, owner.ProcessLabel, owner.KeptLabel)
	var all strings.Builder
	for _, argv := range [][]string{
		{"docker", "ps", "--all", filter, format},
		{"docker", "network", "ls", filter, format},
	} {
		out, err := run.Output(ctx, argv...)
		if err != nil {
			return "", err
		}
		all.WriteString(out)
	}
	out, err := run.Output(ctx, dangling("label="+owner.ProcessLabel)...)
	images := strings.Fields(out)
	if err != nil || len(images) == 0 {
		return all.String(), err
	}
	format = fmt.Sprintf("--format={{index .Config.Labels %q}} {{index .Config.Labels %q}}", owner.Label, owner.ProcessLabel)
	out, err = run.Output(ctx, append([]string{"docker", "image", "inspect", format}, images...)...)
	return all.String() + out, err
}

// gone picks the runs whose process is gone from what marked has listed, but for those with kept lanes. Marks that are
// empty, as on nodes of our images, or cannot be read tell nothing.
func gone(listed string) []string {
	var ids, kept []string
	for line := range strings.Lines(listed) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) < 2 || fields[0] == "" {
			continue
		}
		id := fields[0]
		if len(fields) == 3 && stillKept(id, fields[2]) {
			kept = append(kept, id)
		}
		if p, err := owner.ParseProcess(fields[1]); err == nil && p.Gone() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(kept, id) })
}

// stillKept tells whether the file of kept lanes tells of this run, or of what cannot be known: it may be another user's.
func stillKept(id, file string) bool {
	s, err := loadKept(file)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return s.RunID == id
}

// dangling is the command that lists images without a name on which no other builds.
func dangling(filter string) []string {
	return []string{"docker", "images", "--quiet", "--no-trunc", "--filter=dangling=true", "--filter=" + filter}
}

// removeImages removes what a build that was cut off has imported.
func removeImages(ctx context.Context, runID string) error {
	return removeListed(ctx, dangling("label="+owner.Label+"="+runID), "docker", "rmi")
}
