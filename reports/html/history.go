package html

import (
	"fmt"
	"io"
	"time"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
)

// historyPage is many runs: a row a claim in a lane, a column a run.
type historyPage struct {
	head
	Verdict verdict
	Runs    []history.Run
	Rows    []historyRow
	Failing []history.Claim
	Broken  []string
}

type historyRow struct {
	history.Claim
	Flakes, Median string
	Cells          []historyCell
}

// historyCell has no mark where the run does not have the claim.
type historyCell struct{ Mark, Sign string }

// RenderHistory writes the history as one page.
func RenderHistory(w io.Writer, h history.History) error {
	p := historyPage{Runs: h.Runs, Broken: h.Broken}
	flaky := 0
	for _, c := range h.Claims {
		if c.FirstBad != "" {
			p.Failing = append(p.Failing, c)
		}
		if c.FlakeRate > 0 {
			flaky++
		}
		p.Rows = append(p.Rows, historyRowOf(c))
	}
	p.Verdict = verdict{
		Sign: "holds", Word: fmt.Sprintf("%d runs", len(h.Runs)), Meaning: "Claims by lane:",
		Totals: fmt.Sprintf("%d contradicted now, %d flaky", len(p.Failing), flaky),
	}
	if len(p.Failing) > 0 {
		p.Verdict.Sign = "contradicted"
	} else if flaky > 0 || len(h.Broken) > 0 {
		p.Verdict.Sign = "partial"
	}
	p.head = headOf("gateproof: "+p.Verdict.Title(), p.Verdict.Title())
	return execute(w, "history.html", p)
}

func historyRowOf(c history.Claim) historyRow {
	r := historyRow{Claim: c, Median: took(time.Duration(c.MedianSeconds * float64(time.Second)))}
	if c.FlakeRate > 0 {
		r.Flakes = fmt.Sprintf("%.0f %%", 100*c.FlakeRate)
	}
	for _, v := range c.Verdicts {
		var cell historyCell
		if v != "" {
			cell.Mark, cell.Sign = markOf(v, reports.Conformance)
		}
		r.Cells = append(r.Cells, cell)
	}
	return r
}
