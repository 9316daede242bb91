package lab

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// OwnPIDFile is where a fixture's command writes the PID that it has: read pid rest </proc/self/stat; echo $pid >/tmp/own-pid
const OwnPIDFile = "/tmp/own-pid"

// Own is the container's own process, by what that itself has written down, as the container sees it.
func (c *Container) Own(ctx context.Context) (Process, error) {
	var own Process
	err := poll(ctx, Timeouts.Observation, fmt.Sprintf("the process of %s to write its PID to %s", c, OwnPIDFile), func() (bool, string, error) {
		table, answers, err := c.ProcessesAnd(ctx, ToRead(OwnPIDFile))
		if err != nil {
			return false, "", err
		}
		file := answers[0]
		pid, err := strconv.Atoi(strings.TrimSpace(file.Text))
		if err != nil {
			return false, fmt.Sprintf("%q %s", file.Text, file.Err), nil // not yet written
		}
		var found bool
		own, found = table.PID(pid)
		return found, fmt.Sprintf("it wrote %d, and the container sees:\n%s", pid, table), nil
	})
	return own, err
}
