package html

import (
	"fmt"
	"io"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/history"
)

// historyPage is many runs: a row a claim in a lane, a column a run.
type historyPage struct {
	head
	Runs                 []history.Run
	Claims               []historyRow
	Failing, Flaky, Lost int
	Broken               []string
}

type historyRow struct {
	history.Claim
	Cells []cell
	Flake string
}

// RenderHistory writes the history as one page.
func RenderHistory(w io.Writer, h history.History) error {
	p := historyPage{Runs: h.Runs, Broken: h.Broken, Lost: len(h.Broken)}
	for _, c := range h.Claims {
		row := historyRow{Claim: c}
		for _, v := range c.Verdicts {
			if v == "" {
				row.Cells = append(row.Cells, cell{Mark: "–", Verdict: "absent"})
				continue
			}
			row.Cells = append(row.Cells, cellOf(c.Lane, reports.Result{Verdict: v}))
		}
		if c.FirstBad != "" {
			p.Failing++
		}
		if c.FlakeRate > 0 {
			p.Flaky++
			row.Flake = fmt.Sprintf("%.0f %%", 100*c.FlakeRate)
		}
		p.Claims = append(p.Claims, row)
	}
	p.Title = fmt.Sprintf("gateproof: %d runs", len(h.Runs))
	p.Description = fmt.Sprintf("%d runs: %d claims fail now, %d flake.", len(h.Runs), p.Failing, p.Flaky)
	if err := p.styled(); err != nil {
		return err
	}
	return execute(w, "history.html", p)
}
