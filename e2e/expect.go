package e2e

import (
	"context"
	"fmt"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// must is for answers without which a check cannot go on.
func must[T any](value T, err error) T {
	ginkgo.GinkgoHelper()
	gomega.Expect(err).NotTo(gomega.HaveOccurred(), reports.Unobserved)
	return value
}

// evidence attaches what was seen to the spec's report.
func evidence(name string, seen any) {
	ginkgo.AddReportEntry(reports.EvidenceEntry+name, fmt.Sprint(seen), ginkgo.ReportEntryVisibilityFailureOrVerbose)
}

// pagePod is the page's pod, made once for the claims that only read.
func pagePod(ctx context.Context, b *lab.Bench) (p *lab.Pod, nginx, shell *lab.Container) {
	ginkgo.GinkgoHelper()
	p = must(b.SharedPod(ctx, fixtures.PageManifest))
	return p, p.Container("nginx"), p.Container("shell")
}

// ownPagePod is a page's pod for one claim alone, to do with as it likes.
func ownPagePod(ctx context.Context, b *lab.Bench) (p *lab.Pod, nginx, shell *lab.Container) {
	ginkgo.GinkgoHelper()
	p = must(b.NewPod(ctx, fixtures.PageManifest))
	return p, p.Container("nginx"), p.Container("shell")
}
