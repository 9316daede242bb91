package suite

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/settings"
	"github.com/gateproof/gateproof/reports"
)

// declare makes one container a lane, in it one a node where there are several, and in these one spec a claim. Texts carry no lane and no version.
func declare(asked settings.Settings) {
	bringUpAndDown(asked)
	ginkgo.ReportAfterSuite("reports", save)
	for _, l := range asked.Lanes {
		ginkgo.Describe(l.Name, ginkgo.Label("lane:"+l.Name), func() {
			ginkgo.ReportAfterEach(tell)
			for _, p := range asked.Places(l) {
				if p.Node == "" {
					declareAt(asked, p)
					continue
				}
				ginkgo.Describe(p.Node, ginkgo.Label("node:"+p.Node), func() { declareAt(asked, p) })
			}
		})
	}
}

// declareAt makes one spec a claim that is proved at the place.
func declareAt(asked settings.Settings, p settings.Place) {
	for _, group := range claims.Catalogue {
		for _, c := range group.Claims {
			if !p.Has(c) {
				continue
			}
			ginkgo.It(c.ID+": "+c.Title,
				ginkgo.Label("claim:"+c.ID, "group:"+group.Name, "kind:"+string(kind(p.Lane, c))),
				ginkgo.NodeTimeout(backstop),
				order(c),
				func(ctx ginkgo.SpecContext) { prove(ctx, asked, p, c) })
		}
	}
}

// backstop is longer than any claim may take: a claim whose time is up says itself what it was waiting for.
const backstop = time.Hour

// kind is the claim's in the lane.
func kind(l lane.Lane, c claim.Claim) claim.Kind {
	if _, ok := l.Informative[c.ID]; ok {
		return claim.Informative
	}
	return c.Kind
}

// prove runs the side of the claim that the lane declares of the place.
func prove(ctx context.Context, asked settings.Settings, p settings.Place, c claim.Claim) {
	l, bench := p.Lane, placed[at{p.Lane.Name, p.Node}]
	if why := c.Inapplicable(bench.Lane, bench.Access()); why != "" {
		ginkgo.Skip("not applicable: " + why)
	}
	if reason, ok := l.Informative[c.ID]; ok {
		ginkgo.AddReportEntry(reports.EvidenceEntry+"why this does not decide here", reason)
	}
	if b, ok := blinded[p.Node]; ok && p.Node != "" {
		claims.Unobserved(b.Cause, b.Why)
	}
	gomega.Expect(takeTurn(ctx, asked.Dir, l, c)).To(gomega.Succeed(), "waiting for a turn on the cluster")
	claims.Begin(bench, c)
	ginkgo.DeferCleanup(bench.Tidy)
	ginkgo.DeferCleanup(func() { noteCalls(bench.Calls()) })
	ginkgo.DeferCleanup(func() { noteLooks(bench.NodeLooks()) })
	bench.AwaitServer(ctx)
	ctx, cancel := context.WithTimeout(ctx, lab.Timeouts.Spec) // as the first look has scaled it
	defer cancel()
	c.On(bench.Lane).Check(ctx, bench)
}

// noteLooks attaches what a claim has looked at on somebody's node.
func noteLooks(looks string) {
	if looks != "" {
		ginkgo.AddReportEntry(reports.EvidenceEntry+"what was looked at on the node", looks, ginkgo.ReportEntryVisibilityFailureOrVerbose)
	}
}

// noteCalls attaches how many requests of each kind a claim has sent.
func noteCalls(calls map[string]int) {
	for _, kind := range slices.Sorted(maps.Keys(calls)) {
		ginkgo.AddReportEntry(reports.CallsEntry+kind, strconv.Itoa(calls[kind]), ginkgo.ReportEntryVisibilityNever)
	}
}

// benches are the lanes' clusters as a whole, by lane, in each Ginkgo process.
var benches = map[string]*lab.Bench{}
