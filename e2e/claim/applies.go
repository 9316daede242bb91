package claim

import (
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters"
)

// On is the side of the claim that the lane declares.
func (c Claim) On(lane clusters.Lane) Side {
	if lane.Expect.Processes == clusters.Shared {
		return c.Shared
	}
	return c.Isolated
}

// Inapplicable says why there is nothing to observe on the lane, "" where there is. hasNode is whether the run has access to nodes.
func (c Claim) Inapplicable(lane clusters.Lane, hasNode bool) string {
	side := c.On(lane)
	switch {
	case lane.Claims != nil && !slices.Contains(lane.Claims, c.ID):
		return "the lane is for " + strings.Join(lane.Claims, ", ") + " alone"
	case c.Where != nil && !c.Where.On(lane):
		return "it is observed where " + c.Where.Words
	case side.Check == nil:
		return "where processes are " + string(lane.Expect.Processes) + ": " + side.Observe
	case side.NeedsNode && !hasNode:
		return "it is observed on the node, and this run has no access to nodes"
	}
	return ""
}
