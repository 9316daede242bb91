package history

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/reports"
)

// mark is a verdict in one character. An empty circle is where nobody could look.
var mark = map[reports.Verdict]string{
	reports.Holds: ".", reports.Contradicted: "F", reports.NotObserved: "o", reports.NotApplicable: "-", reports.NotRun: "?", "": " ",
}

// String is the history for a terminal: a line a claim, the oldest run on the left.
func (h History) String() string {
	var b strings.Builder
	first, last := h.Runs[0], h.Runs[len(h.Runs)-1]
	fmt.Fprintf(&b, "%d runs from %s to %s (. holds, F contradicted, o not observed, - not applicable, ? not run)\n\n", len(h.Runs),
		first.Started.UTC().Format("2006-01-02 15:04"), last.Started.UTC().Format("2006-01-02 15:04"))
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "LANE\tCLAIM\tRUNS\tMEDIAN\tFLAKES")
	for _, c := range h.Claims {
		strip := ""
		for _, v := range c.Verdicts {
			strip += mark[v]
		}
		flakes := ""
		if c.FlakeRate > 0 {
			flakes = fmt.Sprintf("%.0f%%", 100*c.FlakeRate)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.1fs\t%s\n", c.Lane, c.ID, strip, c.MedianSeconds, flakes)
	}
	_ = w.Flush() // a Builder takes everything
	for _, c := range h.Claims {
		if c.FirstBad != "" {
			fmt.Fprintf(&b, "\n%s %s is contradicted since %s\n  %s\n", c.Lane, c.ID, c.FirstBad, c.Failure)
		}
	}
	for _, broken := range h.Broken {
		fmt.Fprintf(&b, "\nnot read: %s\n", broken)
	}
	return b.String()
}
