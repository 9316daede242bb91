package builder

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/gateproof/gateproof/clusters/image/onengine"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/run"
)

// Job is a script with what it works on.
type Job struct {
	Script  string       // for bash; its standard output is the result. It begins in a folder of its own
	In      *rootfs.Tree // what is in that folder; nil for nothing
	Network bool         // it fetches: by the network of the engine's machine, and the proxies that this process knows of
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
func (b Builder) Run(ctx context.Context, job Job, result io.Writer) error {
	argv := append([]string{"docker", "run", "--rm", "--interactive", "--privileged", // mmdebstrap mounts
		fmt.Sprintf("--env=SOURCE_DATE_EPOCH=%d", rootfs.Epoch.Unix())}, owner.LabelArgs()...)
	if job.Network {
		argv = append(argv, "--network=host")
		for _, name := range proxies {
			if os.Getenv(name) != "" {
				argv = append(argv, "--env="+name)
			}
		}
	} else {
		argv = append(argv, "--network=none")
	}
	in := job.In
	if in == nil {
		in = &rootfs.Tree{}
	}
	stream, err := in.Open()
	if err != nil {
		return err
	}
	defer stream.Close()
	_, err = run.Cmd{Argv: append(argv, b.ref, "bash", "-c", begin+job.Script), Stdin: stream, Stdout: result}.Run(ctx)
	return onengine.ExplainFull(ctx, err)
}
