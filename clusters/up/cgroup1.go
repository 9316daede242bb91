package up

import (
	"context"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// holdScript makes the hierarchies that old kubelets look for, and holds them.
const holdScript = nodeimage.MakeCgroup1 + `echo ready
exec sleep infinity`

// holdsWithin is how long the holder may take to be ready. Measured: half a second.
const holdsWithin = 30 * time.Second

// holdCgroup1 starts the container that holds the version 1 hierarchies of a cgroup v2 host, where a lane's kubelet needs them.
func holdCgroup1(ctx context.Context, o Options, images map[string]nodeimage.Image, cgroup string) (err error) {
	image := ""
	for _, lane := range o.Lanes {
		for _, version := range lane.Versions() {
			if nodeimage.NeedsHelp(version, cgroup) {
				image = images[version].Ref
			}
		}
	}
	if image == "" {
		return nil
	}
	step := progress.Start(ctx, "make the hierarchies of cgroup v1 that old kubelets look for")
	defer step.End(&err)
	name := networkName(o.RunID) + "-cgroup1"
	argv := append([]string{"docker", "run", "--pull=never", "--detach", "--name=" + name, "--privileged", "--cgroupns=host", "--network=none", "--entrypoint=bash"},
		owner.LabelArgs()...)
	if _, err := run.Output(ctx, append(argv, image, "-c", holdScript)...); err != nil {
		return err
	}
	deadline := time.Now().Add(holdsWithin)
	for {
		out, err := run.Output(ctx, "docker", "logs", name)
		if err == nil && strings.Contains(out, "ready") {
			return nil
		}
		running, runErr := run.Output(ctx, "docker", "inspect", "--format={{.State.Running}}", name)
		if runErr == nil && strings.TrimSpace(running) != "true" || time.Now().After(deadline) {
			printed, _ := run.Cmd{Argv: []string{"sh", "-c", `docker logs "$0" 2>&1`, name}}.Run(ctx)
			return &nodeimage.Cgroup1Error{Printed: printed}
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
