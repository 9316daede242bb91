package lab

import (
	"context"
	"fmt"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// RestartService restarts one of the node's services (kubelet, containerd), and makes sure that it is another process.
func (b *Bench) RestartService(ctx context.Context, name string) error {
	before, err := b.mainPID(ctx, name)
	if err != nil {
		return err
	}
	if _, err := b.Node.Exec(ctx, "systemctl", "restart", name); err != nil {
		return err
	}
	return poll(ctx, Timeouts.NodeBack, "service "+name+" to be another process", func() (bool, string, error) {
		now, err := b.mainPID(ctx, name)
		return now != before && now != "0", "PID " + now + ", before the restart " + before, err
	})
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
	now := int64(0)
	return b.Client.CoreV1().Pods(p.Namespace).Delete(ctx, p.Name, metav1.DeleteOptions{GracePeriodSeconds: &now})
}
