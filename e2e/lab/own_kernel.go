package lab

import (
	"context"
	"fmt"
	"strings"
)

// OwnKernel says that the suite's pods run on a kernel of their own, as gVisor's and Kata's do, so that the node sees none of their processes; "" where it is the
// node's, or the run has no access to that. The container is one of them: they are alike, and one is asked.
func (c *Container) OwnKernel(ctx context.Context) (string, error) {
	b := c.Pod.bench
	if b.OutOfSight(ctx) != "" {
		return "", nil
	}
	b.kernelMu.Lock()
	defer b.kernelMu.Unlock()
	if b.kernelAsked {
		return b.ownKernel, nil
	}
	inside, err := c.Read(ctx, procVersion)
	if err == nil && inside.Err != "" {
		err = fmt.Errorf("reading %s in %s: %s", procVersion, c, inside.Err)
	}
	if err != nil {
		return "", err
	}
	node, err := b.OnNode(ctx, "the node's kernel ("+procVersion+")", "cat", procVersion)
	if err != nil {
		return "", err
	}
	b.kernelAsked, b.ownKernel = true, otherKernel(inside.Text, node)
	return b.ownKernel, nil
}

const procVersion = "/proc/version"

// otherKernel compares two texts of /proc/version; "" where they are one kernel's.
func otherKernel(pods, node string) string {
	pods, node = strings.TrimSpace(pods), strings.TrimSpace(node)
	if pods == node {
		return ""
	}
	return fmt.Sprintf("the pods' kernel is their own (%s), and the node's another (%s), which sees none of their processes", pods, node)
}
