package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// RestartService restarts one of the node's services (kubelet, containerd), and makes sure that it is another process. took is from that
// process's start until the runtime's CRI answered.
func (b *Bench) RestartService(ctx context.Context, name string) (took time.Duration, err error) {
	before, err := b.mainPID(ctx, name)
	if err != nil {
		return 0, err
	}
	if took, err = b.restart(ctx, name); err != nil {
		return took, err
	}
	return took, poll(ctx, Timeouts.NodeBack, "service "+name+" to be another process", func() (bool, string, error) {
		now, err := b.mainPID(ctx, name)
		return now != before && now != "0", "PID " + now + ", before the restart " + before, err
	})
}

// restartScript prints when the unit's main process started, in microseconds, and when CRI answered, in seconds, both after the machine's boot.
const restartScript = `systemctl restart "$0" &&
until timeout 10 crictl version >/dev/null 2>&1; do sleep 0.1; done &&
read -r now _ </proc/uptime &&
echo "$(systemctl show --property=ExecMainStartTimestampMonotonic --value "$0") $now"`

func (b *Bench) restart(ctx context.Context, unit string) (took time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.NodeBack)
	defer cancel()
	out, err := b.Node.Exec(ctx, "sh", "-c", restartScript, unit)
	if err != nil {
		return 0, err
	}
	var started int64
	var now float64
	if _, err := fmt.Sscan(out, &started, &now); err != nil || started == 0 {
		return 0, fmt.Errorf("when %s started on node %s: %q", unit, b.Node.Name, out)
	}
	return time.Duration(now*float64(time.Second)) - time.Duration(started)*time.Microsecond, nil
}

func (b *Bench) mainPID(ctx context.Context, service string) (string, error) {
	out, err := b.Node.Exec(ctx, "systemctl", "show", "--property=MainPID", "--value", service)
	if pid := strings.TrimSpace(out); err == nil && pid != "" {
		return pid, nil
	}
	return "", fmt.Errorf("service %s on node %s: %q, %w", service, b.Node.Name, out, err)
}

// NodeWorks waits until the node does its work: a new pod of the fixture becomes Ready, and exec answers in it.
// What it did before says nothing: a node stays Ready for a while when its kubelet is gone.
func (b *Bench) NodeWorks(ctx context.Context, fixture string) error {
	ctx, cancel := context.WithTimeout(ctx, Timeouts.NodeBack)
	defer cancel()
	p, err := b.NewPod(ctx, fixture)
	if err != nil {
		return fmt.Errorf("node %s does not run a new pod: %w", b.Node.Name, err)
	}
	c := p.Containers()[0]
	err = poll(ctx, Timeouts.NodeBack, fmt.Sprintf("exec to work in %s", c), func() (bool, string, error) {
		r, err := c.Run(ctx, "true")
		return err == nil && r.ExitCode == 0, fmt.Sprint(r, " ", err), nil
	})
	if err != nil {
		return err
	}
	return b.Client.CoreV1().Pods(p.Namespace).Delete(ctx, p.Name, *metav1.NewDeleteOptions(0))
}
