// Package rootfs makes root file systems: Debian's packages from mmdebstrap, and what is dropped from
// them or laid over them, as one deterministic tar stream. Nothing is unpacked on the way.
package rootfs

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// Debian is a root file system made of Debian packages and what they depend on.
type Debian struct {
	Suite   string   `yaml:"suite"`   // bookworm
	Variant string   `yaml:"variant"` // one of mmdebstrap's; extract: unpacked, not configured
	Include []string `yaml:"include"` // package names
}

// Validate names what is missing.
func (d Debian) Validate() error {
	switch {
	case d.Suite == "":
		return fmt.Errorf("suite is missing")
	case d.Variant == "":
		return fmt.Errorf("variant is missing")
	case d.Variant == "extract" && len(d.Include) == 0:
		return fmt.Errorf("variant extract without packages is empty")
	}
	return nil
}

// Ensure returns the tar of this root file system, which is kept in the cache under that name. The digest is over the
// packages' names: their versions are the archive's newest when it was made.
func (d Debian) Ensure(ctx context.Context, name string) (string, error) {
	dir, err := stage.Ensure(ctx, name, stage.Digest(d), func(ctx context.Context, dir string) error {
		return d.Build(ctx, name, filepath.Join(dir, tarName))
	})
	return filepath.Join(dir, tarName), err
}

const tarName = "root.tar"

// Build writes the tar to path. mmdebstrap works in the folder of path.
func (d Debian) Build(ctx context.Context, name, path string) (err error) {
	if err := hostpkg.Install(ctx, "mmdebstrap"); err != nil {
		return err
	}
	step := progress.Start(ctx, "make root file system "+name)
	defer step.End(&err)
	_, err = run.Cmd{
		Argv: []string{"mmdebstrap", "--format=tar", "--variant=" + d.Variant,
			"--include=" + strings.Join(d.Include, ","), d.Suite, path},
		Env: mmdebstrapEnv(filepath.Dir(path)),
	}.Run(ctx)
	return err
}

func mmdebstrapEnv(tmp string) []string {
	return []string{"TMPDIR=" + tmp, fmt.Sprintf("SOURCE_DATE_EPOCH=%d", Epoch.Unix())}
}
