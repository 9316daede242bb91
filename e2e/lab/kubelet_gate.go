package lab

import (
	"context"
	"fmt"

	"github.com/gateproof/gateproof/clusters/lane"
)

// setKubeletGateScript changes the gate in the file that the kubelet reads at its start.
const setKubeletGateScript = `set -e
config=/var/lib/kubelet/config.yaml
sed -i "s/\\( $0:\\) *[a-z]*/\\1 $1/" $config
grep -q " $0: $1\$" $config`

// RestartKubelet restarts the node's kubelet with another value of the gate, and waits until it runs a new pod of the fixture. The pods that run stay.
func (b *Bench) RestartKubelet(ctx context.Context, gate bool, fixture string) error {
	if _, err := b.Node.Exec(ctx, "sh", "-c", setKubeletGateScript, lane.Gate, fmt.Sprint(gate)); err != nil {
		return fmt.Errorf("naming %s=%t in the kubelet's configuration: %w", lane.Gate, gate, err)
	}
	if _, err := b.RestartService(ctx, "kubelet"); err != nil {
		return err
	}
	return b.NodeWorks(ctx, fixture)
}
