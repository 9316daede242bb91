package lab

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters/lane"
)

// setGateScript changes the gate in the API server's manifest. The file is made elsewhere and moved: the kubelet reads the folder's files
// whenever one changes.
const setGateScript = `set -e
manifest=/etc/kubernetes/manifests/kube-apiserver.yaml
sed "s/$0=[a-z]*/$0=$1/" $manifest >/run/kube-apiserver.yaml
grep -q "$0=$1" /run/kube-apiserver.yaml
mv /run/kube-apiserver.yaml $manifest`

// RestartAPIServer restarts the API server with another value of the gate, by its static pod's manifest, and waits until it serves.
func (b *Bench) RestartAPIServer(ctx context.Context, gate bool) error {
	if _, err := b.Node.Exec(ctx, "sh", "-c", setGateScript, lane.Gate, fmt.Sprint(gate)); err != nil {
		return err
	}
	want := fmt.Sprintf("%s=%t", lane.Gate, gate)
	return poll(ctx, Timeouts.NodeBack, "the API server to serve with "+want, func() (bool, string, error) {
		if is, seen := b.apiServerIs(ctx, want); !is {
			return false, seen, nil
		}
		answer, err := b.Client.Discovery().RESTClient().Get().AbsPath("/healthz").DoRaw(ctx)
		if err != nil {
			return false, "", notYet{err}
		}
		return string(answer) == "ok", string(answer), nil
	})
}

// apiServerIs says whether the API server that runs was started with what is wanted, and its command line.
func (b *Bench) apiServerIs(ctx context.Context, want string) (is bool, seen string) {
	argv, err := b.Node.Running(ctx, lane.APIServer)
	if err != nil {
		return false, err.Error()
	}
	seen = strings.Join(argv, " ")
	return strings.Contains(seen, want), seen
}
