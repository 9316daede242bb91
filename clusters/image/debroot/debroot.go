// Package debroot keeps root file systems made of Debian's packages, for any architecture.
package debroot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/debian"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// format is part of the digest of every root file system and of what has one in it: raise its number when a change of this package changes them.
var format = []any{1, builder.Format}

// Root is a root file system made of Debian packages and what they depend on.
type Root struct {
	Suite   string   `yaml:"suite"`   // bookworm
	Variant string   `yaml:"variant"` // extract: unpacked, not configured; any other: one of mmdebstrap's
	Include []string `yaml:"include"` // package names
	// Stale takes the suite as the mirror has it, however old: for what says its version itself.
	Stale bool `yaml:"stale" json:",omitempty"`
}

// extract roots are unpacked here; the packages of any other run their scripts, which needs a Debian of the architecture.
const extract = "extract"

// Extracted says that no package's script has run in it.
func (r Root) Extracted() bool { return r.Variant == extract }

// Validate names what is missing.
func (r Root) Validate() error {
	switch {
	case r.Suite == "":
		return errors.New("suite is missing")
	case r.Variant == "":
		return errors.New("variant is missing")
	case r.Extracted() && len(r.Include) == 0:
		return errors.New("variant extract without packages is empty")
	}
	return nil
}

// MarshalJSON has the format in each digest that a Root is an input of.
func (r Root) MarshalJSON() ([]byte, error) {
	type fields Root
	return json.Marshal([]any{format, fields(r)})
}

// Ensure returns the tar of this root file system for an architecture, in Go's words; it is kept in the cache under that name. The
// digest is over the packages' names: their versions are the archive's newest when it was made.
func (r Root) Ensure(ctx context.Context, name, arch string) (string, error) {
	dir, err := stage.Ensure(ctx, name, stage.Digest(r, arch), func(ctx context.Context, dir string) error {
		return r.build(ctx, name, arch, filepath.Join(dir, tarName))
	})
	return filepath.Join(dir, tarName), err
}

const tarName = "root.tar"

func (r Root) build(ctx context.Context, name, arch, path string) (err error) {
	archive, err := debian.FromEnv()
	if err != nil {
		return err
	}
	archive.Stale = r.Stale
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if r.Extracted() {
		return archive.Write(ctx, debian.Root{Suite: r.Suite, Include: r.Include}, arch, file)
	}
	b, err := builder.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	step := progress.Start(ctx, "make root file system "+name)
	defer step.End(&err)
	job := builder.Job{Network: true, Privileged: true, Script: fmt.Sprintf(
		`mmdebstrap --mode=root --format=tar --variant=%s --include=%s %s - ${`+debian.MirrorEnv+`:+"$`+debian.MirrorEnv+`"}`,
		r.Variant, strings.Join(r.Include, ","), r.Suite)}
	if archive.Named() { // without, it takes the updates, too
		job.Env = []string{debian.MirrorEnv}
	}
	err = b.Run(ctx, job, file)
	var failed *run.Error
	if errors.As(err, &failed) {
		failed.Output = debian.WithoutCredentials(failed.Output)
	}
	return err
}
