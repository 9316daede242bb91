package claims

import (
	"encoding/json"

	"github.com/onsi/ginkgo/v2"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/reports"
)

// matrixEvidence attaches a matrix to the spec's report: as text for who reads it, cell by cell for who draws it.
func matrixEvidence(name string, m access.Matrix) {
	ginkgo.GinkgoHelper()
	evidence(name, m)
	drawn := reports.Matrix{Attempt: m.Attempt, Page: m.Page}
	for _, c := range m.Cells {
		drawn.Cells = append(drawn.Cells, reports.Cell{
			User: c.Who.User, Caps: c.Who.Caps, Target: c.Target, Seen: c.Seen, Rule: c.Rule.Err, Because: c.Rule.Because,
		})
	}
	text := must(json.Marshal(drawn))
	ginkgo.AddReportEntry(reports.MatrixEntry+name, string(text), ginkgo.ReportEntryVisibilityNever)
}
