package e2e_test

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// declare makes one container a lane, and in it one spec a claim. Texts carry no lane and no version.
func declare(asked settings.Settings) {
	bringUpAndDown(asked)
	for _, lane := range asked.Lanes {
		ginkgo.Describe(lane.Name, ginkgo.Label("lane:"+lane.Name), func() {
			ginkgo.ReportAfterEach(tell)
			for _, group := range e2e.Catalogue {
				for _, c := range group.Claims {
					ginkgo.It(c.ID+": "+c.Title,
						ginkgo.Label("claim:"+c.ID, "group:"+group.Name, "kind:"+string(kind(lane, c))),
						ginkgo.NodeTimeout(lab.Timeouts.Spec),
						order(c),
						func(ctx ginkgo.SpecContext) { prove(ctx, lane, c) })
				}
			}
		})
	}
}

// kind is the claim's in the lane.
func kind(lane clusters.Lane, c claim.Claim) claim.Kind {
	if _, ok := lane.Informative[c.ID]; ok {
		return claim.Informative
	}
	return c.Kind
}

// order says when a claim's turn is: long ones first, disruptive ones alone and last.
func order(c claim.Claim) []any {
	decorators := []any{ginkgo.SpecPriority(int(c.Takes.Seconds()))}
	if c.Disruptive {
		decorators = append(decorators, ginkgo.Serial)
	}
	return decorators
}

// prove runs the side of the claim that the lane declares.
func prove(ctx context.Context, lane clusters.Lane, c claim.Claim) {
	side := c.Isolated
	if lane.Expect.Processes == clusters.Shared {
		side = c.Shared
	}
	bench := benches[lane.Name]
	switch {
	case lane.Claims != nil && !slices.Contains(lane.Claims, c.ID):
		ginkgo.Skip("not applicable: the lane is for " + strings.Join(lane.Claims, ", ") + " alone")
	case c.Where != nil && !c.Where.On(bench.Lane):
		ginkgo.Skip("not applicable: it is observed where " + c.Where.Words)
	case side.Check == nil:
		ginkgo.Skip("not applicable where processes are " + string(lane.Expect.Processes) + ": " + side.Observe)
	case side.NeedsNode && bench.Node == nil:
		ginkgo.Skip("not applicable: it is observed on the node, and this run has no access to nodes")
	}
	if reason, ok := lane.Informative[c.ID]; ok {
		ginkgo.AddReportEntry(reports.EvidenceEntry+"why this does not decide here", reason)
	}
	e2e.Begin(bench, c)
	side.Check(ctx, bench)
}

// benches are the lanes' clusters, by lane, in each Ginkgo process.
var benches = map[string]*lab.Bench{}
