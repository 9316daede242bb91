package claims

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// A claim ends in one of two ways when it does not hold. What it sees contradicts the promise: Expect fails. Or it could not look, or
// its control failed: must, accepted and Control say so, and the cluster is not accused.

// must is for answers without which a check cannot go on.
func must[T any](value T, err error) T {
	ginkgo.GinkgoHelper()
	done(err)
	return value
}

// done is must for what has no answer but that it was done. Where a control has told that it works without the field and not with it,
// that is a contradiction. The words say what for.
func done(err error, words ...any) {
	ginkgo.GinkgoHelper()
	var contradiction *lab.Contradiction
	switch {
	case err == nil:
	case errors.Is(err, lab.ErrRefusedByDeclaration):
		inapplicable(lab.ErrRefusedByDeclaration.Error())
	case errors.As(err, &contradiction):
		Fail(saying(words) + err.Error())
	default:
		unobserved(lab.CauseOf(err), saying(words)+err.Error())
	}
}

// saying is a description as Gomega's assertions take it, with a colon.
func saying(words []any) string {
	if len(words) == 0 {
		return ""
	}
	return fmt.Sprintf(words[0].(string), words[1:]...) + ": "
}

// inapplicable ends the claim where it turns out that there is nothing to observe.
func inapplicable(why string) {
	ginkgo.GinkgoHelper()
	ginkgo.Skip("not applicable: " + why)
}

// Unobserved ends a claim, before it has looked, without a verdict on the cluster.
func Unobserved(cause reports.Cause, why string) { unobserved(cause, why) }

// unobserved ends the claim without a verdict on the cluster.
func unobserved(cause reports.Cause, why string) {
	ginkgo.GinkgoHelper()
	ginkgo.AddReportEntry(reports.UnobservedEntry+string(cause), why, ginkgo.ReportEntryVisibilityNever)
	ginkgo.Fail(why)
}

// Control is Expect for what has nothing to do with the promise: where it is not so, nothing was observed.
func Control(actual any, extra ...any) gomega.Assertion { return controls.Expect(actual, extra...) }

var controls = gomega.NewGomega(func(message string, skip ...int) {
	ginkgo.GinkgoHelper()
	unobserved(reports.CauseOther, message)
})

// Fail ends the claim with a contradiction, as a failed Expect does: unless admission has rewritten what the claim's pods are or do.
// Then it is not known what the cluster would have made of them.
func Fail(message string, skip ...int) {
	ginkgo.GinkgoHelper()
	if rewritten := rewritten(); rewritten != "" {
		unobserved(reports.CauseAdmission, rewritten+"; then "+message)
	}
	depth := 1
	if len(skip) > 0 {
		depth += skip[0]
	}
	ginkgo.Fail(message, depth)
}

// bench is the cluster of the claim under way: a Ginkgo process runs one at a time.
var bench *lab.Bench

// Begin is called before each claim.
func Begin(b *lab.Bench, c claim.Claim) {
	bench = b
	b.Begin(c.Fixtures)
}

// rewritten says in words what admission has rewritten in the pods of the claim under way.
func rewritten() string {
	if bench == nil {
		return ""
	}
	for _, p := range bench.Used() {
		if changes := p.Rewritten(); len(changes) > 0 {
			return fmt.Sprintf("admission has rewritten pod %s: %s", p.Name, strings.Join(changes, ", "))
		}
	}
	return ""
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
