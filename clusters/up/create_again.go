package up

import (
	"context"
	"errors"
	"strings"

	kindexec "sigs.k8s.io/kind/pkg/exec"

	"github.com/gateproof/gateproof/clusters/progress"
)

// kind draws a free port for the API server, lets go of it, and names it to the engine: whatever is given the same port in
// between, another lane's node or a connection of the host's, keeps the node from starting.

// portTries is how often a cluster is begun where its port was taken from under it. Each try draws another port.
const portTries = 3

// onFreePort has create make the cluster name, anew with another port where the port that was drawn is taken.
func onFreePort(ctx context.Context, step *progress.Step, name string, create func() error) error {
	for try := 1; ; try++ {
		err := untilCancelled(ctx, name, create)
		if err == nil || !portTaken(err) || try == portTries || ctx.Err() != nil {
			return err
		}
		step.Note("the port that was drawn for the API server is taken: beginning anew with another")
		if gone := removeNodes(ctx, name); gone != nil {
			return errors.Join(err, gone)
		}
	}
}

// portTaken is true where the engine could not bind a port of the host's, in Docker's words: by its own count, or by the kernel's.
func portTaken(err error) bool {
	var re *kindexec.RunError
	if !errors.As(err, &re) {
		return false
	}
	out := string(re.Output)
	return strings.Contains(out, "port is already allocated") || strings.Contains(out, "address already in use")
}
