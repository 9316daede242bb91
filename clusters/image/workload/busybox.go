package workload

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// busybox is built from Debian's source package with upstream's defaults and the settings named here.
type busybox struct {
	Suite string   `yaml:"suite"`
	Set   []string `yaml:"set"` // CONFIG_X=y
}

// ensure returns the program and the names of its applets.
func (b busybox) ensure(ctx context.Context) (program string, applets []string, err error) {
	dir, err := stage.Ensure(ctx, "busybox", stage.Digest(format, b), b.build)
	if err != nil {
		return "", nil, err
	}
	list, err := os.ReadFile(filepath.Join(dir, "applets"))
	return filepath.Join(dir, "busybox"), strings.Fields(string(list)), err
}

func (b busybox) build(ctx context.Context, dir string) error {
	if err := hostpkg.Install(ctx, "gcc", "make", "libc6-dev", "bzip2", "xz-utils"); err != nil {
		return err
	}
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o755); err != nil {
		return err
	}
	src, err := rootfs.Source(ctx, b.Suite, "busybox", work)
	if err != nil {
		return err
	}
	if err := b.compile(ctx, src); err != nil {
		return err
	}
	program := filepath.Join(dir, "busybox")
	if err := os.Rename(filepath.Join(src, "busybox"), program); err != nil {
		return err
	}
	applets, err := run.Output(ctx, program, "--list")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "applets"), []byte(applets), 0o644); err != nil {
		return err
	}
	return os.RemoveAll(work)
}

func (b busybox) compile(ctx context.Context, src string) (err error) {
	step := progress.Start(ctx, "build busybox")
	defer step.End(&err)
	if _, err := (run.Cmd{Argv: []string{"make", "defconfig"}, Dir: src, Env: makeEnv}).Run(ctx); err != nil {
		return err
	}
	if err := setConfig(filepath.Join(src, ".config"), b.Set); err != nil {
		return err
	}
	jobs := fmt.Sprintf("--jobs=%d", runtime.NumCPU())
	_, err = run.Cmd{Argv: []string{"make", jobs, "busybox"}, Dir: src, Env: makeEnv}.Run(ctx)
	return err
}

// makeEnv keeps the build's date out of the program.
var makeEnv = []string{fmt.Sprintf("SOURCE_DATE_EPOCH=%d", rootfs.Epoch.Unix()), "LC_ALL=C", "MAKEFLAGS="}

// setConfig sets lines CONFIG_X=value in a Kconfig file, where each is set or named as not set.
func setConfig(path string, lines []string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := string(data)
	for _, line := range lines {
		key, _, _ := strings.Cut(line, "=")
		unset := "# " + key + " is not set\n"
		if !strings.Contains(text, unset) {
			return fmt.Errorf("%s has no line %q to set %s", path, strings.TrimSpace(unset), line)
		}
		text = strings.Replace(text, unset, line+"\n", 1)
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
