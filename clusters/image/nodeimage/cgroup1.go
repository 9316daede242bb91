package nodeimage

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"strings"

	tools "github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/rootfs/diskfull"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// MakeCgroup1 is shell that makes the hierarchies of cgroup v1 that old kubelets look for. A hierarchy can be made only in the host's own
// cgroup namespace; once it exists, the nodes can mount it in theirs. It goes when nobody has it mounted any more.
const MakeCgroup1 = `set -o errexit
hierarchy() { mkdir -p "/run/cgroup1/$1"; mount -t cgroup -o "$2" cgroup "/run/cgroup1/$1"; }
for name in cpu cpuset memory; do hierarchy "$name" "none,name=$name"; done
hierarchy cpuacct cpuacct
`

// Cgroup1Error says that this engine's machine has cgroup v2 and lets nobody make what old kubelets need beside it.
type Cgroup1Error struct{ Printed string }

func (e *Cgroup1Error) Error() string {
	return "the engine's machine has cgroup v2, and the hierarchies of v1 that kubelets before " + firstOnCgroup2 + " need cannot be made beside it " +
		"(is it booted with cgroup_no_v1, or the engine in a container or rootless?): take lanes from " + firstOnCgroup2 + " on, or an engine on a machine of its own; " +
		"the container that tried printed: " + strings.TrimSpace(e.Printed)
}

// tryCgroup1 makes them and lets them go again, before minutes are spent on an image that could not run.
func tryCgroup1(ctx context.Context, arch string) (err error) {
	b, err := tools.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	step := progress.Start(ctx, "try whether this machine takes hierarchies of cgroup v1 beside v2")
	defer step.End(&err)
	err = b.Run(ctx, tools.Job{Cgroups: true, Privileged: true, Script: MakeCgroup1}, io.Discard)
	if ctx.Err() != nil {
		return err
	}
	return refused(err)
}

// dockersOwn is the exit code by which `docker run` says that it has run nothing.
const dockersOwn = 125

// refused makes a failure of the script a *Cgroup1Error. A full disk, and what docker could not do, say nothing of cgroups.
func refused(err error) error {
	var full *diskfull.Error
	var failed *run.Error
	var exit *exec.ExitError
	if errors.As(err, &full) || !errors.As(err, &failed) || !errors.As(err, &exit) || exit.ExitCode() == dockersOwn {
		return err
	}
	return &Cgroup1Error{Printed: failed.Output}
}
