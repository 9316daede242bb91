package kill

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/reports"
)

// String is the matrix for a terminal: a line a mutant, then a line a claim.
func (m Matrix) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, mutant := range m.Mutants {
		unseen := ""
		if n := len(mutant.Unobserved); n > 0 {
			unseen = fmt.Sprintf("%d not observed", n)
		}
		fmt.Fprintf(w, "%s\t%s\t%d contradict\t%d hold\t%s\t%s\n", mutant.ID, mutant.Where(), len(mutant.KilledBy), len(mutant.Held), unseen, mutant.Breaks)
	}
	fmt.Fprintln(w)
	for _, c := range m.Claims {
		if !m.Whole && m.kills(c) == 0 {
			continue // not all mutants were tried: it says nothing
		}
		var by []string
		for _, mutant := range m.Mutants {
			if mutant.Kills(c) {
				by = append(by, mutant.ID)
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%s\n", c, len(by), strings.Join(by, ", "))
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}

// Markdown is the matrix for a repository's or a release's page: the badge, what is wrong, a row a mutant.
func (m Matrix) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "### Clusters broken on purpose\n\n%s. Suite %s, %s.\n\n", m.Badge(), reports.Code(m.SuiteVersion), m.Started.UTC().Format("2006-01-02 15:04 UTC"))
	for _, p := range m.Problems() {
		fmt.Fprintf(&b, "- **no proof** %s\n", reports.Inline(p))
	}
	b.WriteString("\n| mutant | lane | what is broken | contradicted by | not observed | hold |\n|---|---|---|---|---|---|\n")
	for _, mutant := range m.Mutants {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %d |\n", mutant.ID, mutant.Where(), reports.Inline(mutant.Breaks),
			claimsOf(mutant.KilledBy), claimsOf(mutant.Unobserved), len(mutant.Held))
	}
	return b.String()
}

// claimsOf are the claims' ids; a dash for none.
func claimsOf(kills []Kill) string {
	var ids []string
	for _, k := range kills {
		ids = append(ids, k.Claim)
	}
	if len(ids) == 0 {
		return "–"
	}
	return strings.Join(ids, ", ")
}
