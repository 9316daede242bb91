package builder

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// Job is a script with what it works on.
type Job struct {
	Script     string       // for bash; its standard output is the result. It begins in a folder of its own
	In         *rootfs.Tree // what is in that folder; nil for nothing
	Env        []string     // names of this process's variables that it sees
	Network    bool         // it fetches: by the network of the engine's machine, and the proxies that this process knows of
	Cgroups    bool         // it sees the cgroups of the engine's machine
	Privileged bool         // it mounts
}

// begin unpacks what comes in.
const begin = `set -o errexit -o nounset -o pipefail
mkdir /work
cd /work
tar --extract
`

// proxies are the variables by which apt finds one.
var proxies = []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"}

// Run runs the job, and writes its result. The container is gone afterwards.
func (b Builder) Run(ctx context.Context, job Job, result io.Writer) (err error) {
	in := job.In
	if in == nil {
		in = &rootfs.Tree{}
	}
	stream, err := in.Open()
	if err != nil {
		return err
	}
	defer stream.Close()
	name := "gateproof-job-" + owner.ID() + "-" + rand.Text()[:8]
	defer func() {
		if err != nil { // it may run on without the command that was stopped
			remove(ctx, name)
		}
	}()
	_, err = run.Cmd{Argv: b.argv(job, name), Stdin: stream, Stdout: result}.Run(ctx)
	return onengine.ExplainFull(ctx, err)
}

// argv runs the job in a container of that name.
func (b Builder) argv(job Job, name string) []string {
	argv := append([]string{"docker", "run", "--pull=never", "--rm", "--init", "--interactive", "--name=" + name,
		fmt.Sprintf("--env=SOURCE_DATE_EPOCH=%d", rootfs.Epoch.Unix())}, owner.LabelArgs()...)
	env := job.Env
	if job.Network {
		argv = append(argv, "--network=host", "--dns-option=timeout:5", "--dns-option=attempts:2") // resolv.conf's own; an engine's may be for nodes
		env = slices.Concat(proxies, env)
	} else {
		argv = append(argv, "--network=none")
	}
	for _, name := range env {
		if os.Getenv(name) != "" {
			argv = append(argv, "--env="+name) // without its value, which may have a password
		}
	}
	if job.Cgroups {
		argv = append(argv, "--cgroupns=host")
	}
	if job.Privileged {
		argv = append(argv, "--privileged", "--userns=host") // as engines that remap users ask for
	}
	return append(argv, b.id, "bash", "-c", begin+job.Script)
}

func remove(ctx context.Context, container string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	_, _ = run.Output(ctx, "docker", "rm", "--force", container)
}
