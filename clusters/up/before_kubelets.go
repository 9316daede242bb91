package up

import (
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/progress"
)

// starting is kind's step before which nodes run and have no kubelet yet.
const starting = "Starting control-plane"

// beforeKubelets has something done in each node, where the lane wants it, before its kubelet is there. It returns what is to be called at the beginning of each
// of kind's steps; fail is told what goes wrong.
func beforeKubelets(ctx context.Context, step *progress.Step, c clusters.Cluster, wanted bool, says string, do func(context.Context, *clusters.Node) error, fail func(error)) func(string) {
	return func(what string) {
		if !wanted || !strings.HasPrefix(what, starting) {
			return
		}
		step.Note(says)
		for _, n := range c.AllNodes() {
			if err := do(ctx, n); err != nil {
				fail(fmt.Errorf("%s: %w", says, err))
				return
			}
		}
		step.Note(what)
	}
}
