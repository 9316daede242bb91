package up

import (
	"context"
	"errors"
	"fmt"
	"strings"

	kindexec "sigs.k8s.io/kind/pkg/exec"

	"github.com/gateproof/gateproof/clusters/progress"
)

// createTries is how often a cluster is begun where what kept it from coming up may be gone the next time.
const createTries = 3

// inTries has create make the cluster name, and anew where that may help.
func inTries(ctx context.Context, step *progress.Step, name string, create func() error) error {
	for try := 1; ; try++ {
		err := untilCancelled(ctx, name, create)
		if err == nil || ctx.Err() != nil {
			return err
		}
		why := passing(err)
		if why == "" {
			return err
		}
		if try == createTries {
			return fmt.Errorf("%w\n  (%s, %d times)", err, why, try)
		}
		step.Note(why + ": beginning anew")
		if gone := removeNodes(ctx, name); gone != nil {
			return errors.Join(err, gone)
		}
	}
}

// passing says what kept a cluster from coming up that may be otherwise the next time; "" where nothing of the kind did.
func passing(err error) string {
	switch {
	case portTaken(err):
		return "the port that was drawn for the API server is taken"
	case strings.Contains(err.Error(), "could not find a log line that matches"):
		return "the node's systemd is not up within the 30 s that kind gives it: the host is busy, or slow"
	}
	return ""
}

// portTaken is true where the engine could not bind a port of the host's, in Docker's words: by its own count, or by the kernel's. kind draws a free port for
// the API server, lets go of it, and names it to the engine: whatever is given the same port in between, another lane's node or a connection of the
// host's, keeps the node from starting. Each try draws another port.
func portTaken(err error) bool {
	var re *kindexec.RunError
	if !errors.As(err, &re) {
		return false
	}
	out := string(re.Output)
	return strings.Contains(out, "port is already allocated") || strings.Contains(out, "address already in use")
}
