package look

import (
	"context"
	"strings"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

// lookAtNode sees whether the node can be looked at by a privileged pod, where that was asked for.
func (l *looking) lookAtNode(ctx context.Context) error {
	if l.Access() != lab.Looking {
		return nil
	}
	l.tell("waiting for a privileged pod that looks at the node")
	why := l.OutOfSight(ctx)
	if why == "" {
		l.row(Row{What: "node access", Found: "a privileged pod looks at the node, which has all programs that takes"})
		return nil
	}
	row := Row{What: "node access", Found: why, Costs: "what claims look at on the node is left out",
		Remedy: "an exception for namespaces labelled gateproof.run, and nodes with sh and crictl; or leave --node-access out"}
	if lost := l.loseThose(why, func(c claim.Claim) bool { return c.On(l.Lane).NeedsNode > lab.NoAccess }); len(lost) > 0 {
		row.Costs = claims(len(lost)) + " cannot be observed: " + strings.Join(lost, ", ")
	}
	l.row(row)
	return nil
}
