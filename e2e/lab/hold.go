package lab

import (
	"context"
	"fmt"
	"strconv"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// HoldUndumpable is Hold for a process that has made itself not dumpable: ptrace(2) protects it.
func (c *Container) HoldUndumpable(ctx context.Context) (Process, error) {
	return c.hold(ctx, probe.HeldUndumpable, nil, "undumpable")
}

// HoldDeaf is Hold for a process that blocks the signals of Counted: sent to it, they stay pending, to be counted.
func (c *Container) HoldDeaf(ctx context.Context) (Process, error) {
	return c.hold(ctx, probe.Held, []string{ProbePath, "deaf"})
}

// Counted are the numbers of the signals that a deaf process counts, each by itself.
func Counted() []int {
	var out []int
	for n := probe.FirstCounted; n <= probe.LastCounted; n++ {
		out = append(out, n)
	}
	return out
}

// Pending says whether a signal waits for the process.
func (p Process) Pending(signal int) (bool, error) {
	set, err := strconv.ParseUint(p.ShdPnd, 16, 64)
	if err != nil {
		return false, fmt.Errorf("pending signals of %s: %w", p, err)
	}
	return set>>(signal-1)&1 == 1, nil
}

// farPIDs is more processes than a container of the suite's sees start in the course of a claim.
const farPIDs = 300

// UsePIDs uses numbers up in the container's PID namespace: the processes started next have numbers that another
// namespace of the pod has not come to, so that such a number is either a shared process, or none.
func (c *Container) UsePIDs(ctx context.Context) error {
	_, err := c.Output(ctx, "sh", "-c", `i=0; while [ $i -lt $0 ]; do (:); i=$((i+1)); done`, strconv.Itoa(farPIDs))
	return err
}
