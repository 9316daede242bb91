package alter

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/run"
)

// Container changes the engine's container that a node is.
type Container struct {
	CPUs float64 `yaml:"cpus"` // how many processors it may use
}

// cpuPeriod is what a share of a processor is measured by, in microseconds: the kernel's own default.
const cpuPeriod = 100_000

func (c *Container) validate() error {
	if c != nil && (c.CPUs < 0.01 || c.CPUs > 64) {
		return errors.New("container: cpus: processors, from 0.01 on")
	}
	return nil
}

func (c Change) containerOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	container := to.Node.Container
	limit, err := cpuLimit(ctx, container)
	if err != nil {
		return as(), err
	}
	if limit != "" {
		return as(), fmt.Errorf("container %s is limited already: %s", container, limit)
	}
	off := func(ctx context.Context) error {
		if err := setCPUQuota(ctx, container, -1); err != nil {
			return err
		}
		limit, err := cpuLimit(ctx, container)
		if err == nil && limit != "" {
			err = fmt.Errorf("container %s is still limited: %s", container, limit)
		}
		return err
	}
	return Altered{Off: off}, setCPUQuota(ctx, container, int(c.Container.CPUs*cpuPeriod))
}

// cpuLimit is the container's in the engine's words, "" for none.
func cpuLimit(ctx context.Context, container string) (string, error) {
	out, err := run.Output(ctx, "docker", "container", "inspect", "--format={{.HostConfig.NanoCpus}} {{.HostConfig.CpuQuota}}", container)
	if err != nil {
		return "", err
	}
	var nano, quota int64
	if _, err := fmt.Sscan(out, &nano, &quota); err != nil {
		return "", fmt.Errorf("the engine says of container %s: %q", container, out)
	}
	if nano > 0 || quota > 0 {
		return strings.TrimSpace(fmt.Sprintf("NanoCpus %d, CpuQuota %d", nano, quota)), nil
	}
	return "", nil
}

// setCPUQuota limits the container, in microseconds of each period; -1 takes the limit away.
func setCPUQuota(ctx context.Context, container string, quota int) error {
	_, err := run.Output(ctx, "docker", "container", "update", "--cpu-period="+strconv.Itoa(cpuPeriod), "--cpu-quota="+strconv.Itoa(quota), container)
	return err
}
