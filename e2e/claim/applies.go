package claim

import (
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/lab"
)

// On is the side of the claim that the lane declares.
func (c Claim) On(l lane.Lane) Side {
	if l.Expect.Processes == lane.Shared {
		return c.Shared
	}
	return c.Isolated
}

// Inapplicable says why there is nothing to observe on the lane, "" where there is. access is what the run may do on nodes.
func (c Claim) Inapplicable(l lane.Lane, access lab.Access) string {
	side := c.On(l)
	switch {
	case l.Claims != nil && !slices.Contains(l.Claims, c.ID):
		return "the lane is for " + strings.Join(l.Claims, ", ") + " alone"
	case c.Where != nil && !c.Where.On(l):
		return "it is observed where " + c.Where.Words
	case side.Check == nil:
		return "where processes are " + string(l.Expect.Processes) + ": " + side.Observe
	case side.NeedsNode > access && access == lab.Looking:
		return "it changes what runs on the node, which this run may only look at"
	case side.NeedsNode > access:
		return "it is observed on the node, and this run has no access to nodes"
	}
	return ""
}
