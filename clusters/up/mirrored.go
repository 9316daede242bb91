package up

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/dockershim"
	"github.com/gateproof/gateproof/clusters/image/mirror"
	"github.com/gateproof/gateproof/clusters/image/rootfs/stage"
	"github.com/gateproof/gateproof/clusters/owner"
	"github.com/gateproof/gateproof/clusters/progress"
	"github.com/gateproof/gateproof/clusters/run"
)

// The workload images come to the nodes from a registry in a container of the run's network: wherever the engine is, its nodes reach
// that, and nothing of this machine is asked for. It goes with the network.

func mirrorName(runID string) string { return networkName(runID) + "-mirror" }

// startMirror starts the image ref as the run's mirror and returns its address, host:port, in the run's network.
func startMirror(ctx context.Context, runID, ref string) (address string, err error) {
	// It is the run's, as its network is: of lanes that are kept, whoever replaces it.
	if _, err := run.Output(ctx, "docker", "run", "--pull=never", "--detach", "--name="+mirrorName(runID), "--network="+networkName(runID),
		"--label="+owner.Label+"="+runID, "--label="+owner.ProcessLabel+"="+owner.Mark(), ref); err != nil {
		return "", fmt.Errorf("starting the image mirror: %w", err)
	}
	address, _, err = findMirror(ctx, runID)
	return address, err
}

// findMirror is the address of the run's mirror and the image that it serves. One that does not run is an error.
func findMirror(ctx context.Context, runID string) (address, ref string, err error) {
	format := fmt.Sprintf("--format={{.State.Running}} {{.Config.Image}} {{(index .NetworkSettings.Networks %q).IPAddress}}", networkName(runID))
	out, err := run.Output(ctx, "docker", "container", "inspect", format, mirrorName(runID))
	if err != nil {
		return "", "", err
	}
	fields := strings.Fields(out)
	if len(fields) != 3 || fields[0] != "true" {
		logs, _ := run.Output(ctx, "docker", "logs", "--tail=20", mirrorName(runID))
		return "", "", fmt.Errorf("the image mirror %s does not run: %s%s", mirrorName(runID), strings.TrimSpace(out), logs)
	}
	return net.JoinHostPort(fields[2], strconv.Itoa(mirror.Port)), fields[1], nil
}

// useMirror has the nodes' containerd pull Docker Hub's images from the mirror and from nowhere else: what the mirror has not must fail,
// not come from a stranger under one of the suite's names. containerd reads the file at each pull.
const useMirror = `mkdir -p "$1/docker.io" &&
printf 'server = "http://%s"\n\n[host."http://%s"]\n  capabilities = ["pull", "resolve"]\n' "$2:$3" "$2:$3" > "$1/docker.io/hosts.toml" &&
for i in 1 2 3 4 5 6 7 8 9 10; do timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$2" "$3" && exit 0; sleep 0.5; done
exit 1`

// tellNodes has the lanes' nodes use the mirror at address, and shows that they reach it.
func tellNodes(ctx context.Context, all []clusters.Cluster, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	for _, c := range all {
		for _, n := range c.AllNodes() {
			if _, err := n.Exec(ctx, "bash", "-c", useMirror, "bash", certsInNode, host, port); err != nil {
				return &LaneError{Lane: c.Lane.Name, Err: fmt.Errorf("the node does not reach the image mirror, a container of the same network, at %s: "+
					"let the engine's machine forward between containers of one network (its firewall, net.bridge.bridge-nf-call-iptables): %w", address, err)}
			}
			if c.Lane.ContainerRuntime == "" {
				continue
			}
			if _, err := n.Exec(ctx, dockershim.UseMirror, address); err != nil {
				return &LaneError{Lane: c.Lane.Name, Err: err}
			}
		}
	}
	return nil
}

// keepMirror has the kept lanes served by today's images: a mirror that has others, or has ended, is replaced.
func keepMirror(ctx context.Context, s *Set, arch string) (err error) {
	turn, err := stage.Lock(ctx, "mirror-of-kept-lanes")
	if err != nil {
		return err
	}
	defer turn.Release()
	ref, err := mirror.Ensure(ctx, arch)
	if err != nil {
		return err
	}
	if _, serves, err := findMirror(ctx, s.RunID); err == nil && serves == ref {
		return nil
	}
	step := progress.Start(ctx, "serve today's workload images to the kept lanes")
	defer step.End(&err)
	if err := removeContainers(ctx, "name=^"+mirrorName(s.RunID)+"$"); err != nil {
		return err
	}
	address, err := startMirror(ctx, s.RunID, ref)
	if err != nil {
		return err
	}
	return tellNodes(ctx, s.Clusters, address)
}
