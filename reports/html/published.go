package html

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/published"
)

// publishedPage is published results: a row a claim, a column a lane of a report.
type publishedPage struct {
	head
	Verdict verdict
	Columns []publishedColumn
	Rows    []publishedRow
}

type publishedColumn struct {
	published.Column
	Age  string // of the report, in words
	Sign string // what the report came to
}

type publishedRow struct {
	Claim, Title string
	Cells        []publishedCell
}

// publishedCell has no mark where the report does not have the claim.
type publishedCell struct {
	Mark, Sign string
	Thread     published.Thread
}

// outcomeSigns are the signs of what a whole report comes to.
var outcomeSigns = map[reports.Outcome]string{reports.Success: "holds", reports.Partial: "partial", reports.Failure: "contradicted"}

// RenderPublished writes published results as one page; now is what their age is counted from.
func RenderPublished(w io.Writer, r published.Results, now time.Time) error {
	p := publishedPage{}
	contradicted, excused := 0, 0
	for _, c := range r.Columns() {
		p.Columns = append(p.Columns, publishedColumn{c, age(now.Sub(c.Report.Date)), outcomeSigns[c.Report.Result]})
	}
	for _, claim := range r.Claims() {
		row := publishedRow{Claim: claim.ID, Title: claim.Title}
		for _, c := range r.Columns() {
			var cell publishedCell
			if found, ok := c.Claim(claim.ID); ok {
				cell.Mark, cell.Sign = markOf(found.Verdict, found.Kind)
				cell.Thread = r.Thread(found, c)
				switch {
				case found.Verdict != reports.Contradicted:
				case found.Kind == reports.Informative:
					excused++
				default:
					contradicted++
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	p.Verdict = verdict{
		Sign: "holds", Word: fmt.Sprintf("%d releases and runtimes", len(r.Entries)), Meaning: "By one suite:",
		Totals: fmt.Sprintf("%d cells are contradicted, and %d where that decides nothing", contradicted, excused),
	}
	if slices.ContainsFunc(r.Entries, func(e published.Entry) bool { return e.Report.Result != reports.Success }) {
		p.Verdict.Sign = "partial"
	}
	p.head = headOf("gateproof: "+p.Verdict.Title(), p.Verdict.Title())
	return execute(w, "published.html", p)
}

// age is in the largest unit that says something.
func age(d time.Duration) string {
	days := int(d.Hours() / 24)
	switch {
	case days < 1:
		return "today"
	case days < 60:
		return fmt.Sprintf("%d days old", days)
	}
	return fmt.Sprintf("%d months old", days/30)
}
