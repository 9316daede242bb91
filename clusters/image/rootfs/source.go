package rootfs

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// sourceHooks make mmdebstrap's own package lists, which are of binary packages, those of source packages, and fetch
// with them; so the archive and its keys are the ones that the binary packages come from.
var sourceHooks = []string{
	`--setup-hook=sed -i "s/^deb /deb-src /" "$1"/etc/apt/sources.list`,
	`--customize-hook=cd "$GATEPROOF_OUT" && APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get source --download-only "$GATEPROOF_SOURCE"`,
}

// Source fetches a Debian source package, unpacks it in dir and returns its folder, Debian's patches applied.
func Source(ctx context.Context, suite, name, dir string) (_ string, err error) {
	if err := hostpkg.Install(ctx, "mmdebstrap", "dpkg-dev"); err != nil {
		return "", err
	}
	step := progress.Start(ctx, "fetch the source of "+name)
	defer step.End(&err)
	_, err = run.Cmd{
		Argv: append(append([]string{"mmdebstrap", "--format=null", "--variant=custom"}, sourceHooks...), suite),
		Env:  append(mmdebstrapEnv(dir), "GATEPROOF_OUT="+dir, "GATEPROOF_SOURCE="+name),
	}.Run(ctx)
	if err != nil {
		return "", err
	}
	found, err := filepath.Glob(filepath.Join(dir, name+"_*.dsc"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("source of %s: %d .dsc files in %s, want 1", name, len(found), dir)
	}
	out := filepath.Join(dir, name)
	_, err = run.Cmd{Argv: []string{"dpkg-source", "--no-check", "--extract", found[0], out}}.Run(ctx)
	return out, err
}
