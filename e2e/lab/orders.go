package lab

import (
	"context"
	"fmt"
)

// Some fixtures' containers take orders: their first process is a shell that does what is written to this FIFO, line by
// line. So a claim has the first process itself start children, or end, which exec cannot.
const ordersFile = "/tmp/orders"

// order has the container's first process do a line of shell.
func (c *Container) order(ctx context.Context, line string) error {
	if err := c.TakesOrders(ctx); err != nil {
		return err
	}
	_, err := c.Output(ctx, "sh", "-c", `echo "$1" >"$0"`, ordersFile, line)
	return err
}

// OrderExit has the container's first process end with the exit code. That it did is for the caller to see.
func (c *Container) OrderExit(ctx context.Context, code int32) error {
	return c.orderEnd(ctx, fmt.Sprintf("exit %d", code))
}

// orderEnd is order for what ends the container, after the exec that orders it has: Docker never ends the stream of an exec whose process outlives its
// container's first one, where that is not the PID namespace's (kubernetes issue 89233).
func (c *Container) orderEnd(ctx context.Context, line string) error {
	if err := c.TakesOrders(ctx); err != nil {
		return err
	}
	r, err := c.Run(ctx, "sh", "-c", `echo "$1" >"$0"`, ordersFile, "sleep 1; "+line)
	if err == nil && r.ExitCode != 0 && r.ExitCode != killedWithContainer {
		err = fmt.Errorf("in %s: %s", c, r)
	}
	return err
}

// killedWithContainer is the exit code of the shell that gives the order, where the container's end overtakes its own.
const killedWithContainer = 128 + 9

// TakesOrders waits until the container's first process has come so far.
func (c *Container) TakesOrders(ctx context.Context) error {
	return poll(ctx, Timeouts.Observation, fmt.Sprintf("%s to take orders", c), func() (bool, string, error) {
		r, err := c.Run(ctx, "test", "-p", ordersFile)
		return r.ExitCode == 0, r.String(), err
	})
}

// Daemon has the container's first process start a daemon, orphaned and in a session of its own, that holds the
// lock file as long as it lives, and returns it as the container sees it.
func (c *Container) Daemon(ctx context.Context, lock string) (Process, error) {
	return c.daemon(ctx, lock, " </dev/null >/dev/null 2>&1")
}

// TalkativeDaemon is Daemon for one that keeps the container's stdout and stderr open.
func (c *Container) TalkativeDaemon(ctx context.Context, lock string) (Process, error) {
	return c.daemon(ctx, lock, "")
}

func (c *Container) daemon(ctx context.Context, lock, stdio string) (Process, error) {
	if _, err := c.bringProbe(ctx); err != nil {
		return Process{}, err
	}
	word := Word()
	err := c.order(ctx, fmt.Sprintf(`(setsid sh -c 'flock 9 && exec %s hold %s' 9>%s 3<&-%s &)`, ProbePath, word, lock, stdio))
	if err != nil {
		return Process{}, err
	}
	// In the node's own namespace whoever looks after orphans has another number.
	return c.waitForHeld(ctx, word, func(p Process) bool { return p.PPID == 1 || c.Pod.sent.Spec.HostPID })
}

// OrderGreed has the container's first process become a program that wants greed bytes of memory, and ends by itself, with exit code 0, where it
// gets them. That it ended is for the caller to see.
func (c *Container) OrderGreed(ctx context.Context) error {
	return c.orderEnd(ctx, fmt.Sprintf("exec dd if=/dev/zero of=/dev/null bs=%d count=1", greed))
}

// greed is more than the fixture's limit.
const greed = 256 << 20

// SlowProbe makes the readiness probe of a container that runs what is in slowFile hang, once, and returns the child
// that the probe leaves behind when it has timed out: adopted by PID 1.
func (c *Container) SlowProbe(ctx context.Context) (Process, error) {
	if _, err := c.bringProbe(ctx); err != nil {
		return Process{}, err
	}
	word := Word()
	// The file is complete when it gets its name, and gone when the probe has begun.
	script := `echo "rm $0; $1 hold $2 </dev/null >/dev/null 2>&1 & wait" >"$0.new" && mv "$0.new" "$0"`
	if _, err := c.Output(ctx, "sh", "-c", script, slowFile, ProbePath, word); err != nil {
		return Process{}, err
	}
	return c.waitForHeld(ctx, word, func(p Process) bool { return p.PPID == 1 })
}

const slowFile = "/tmp/slow"
