package benign

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/reports"
)

// String is the matrix for a terminal: a line a variant.
func (m Matrix) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "VARIANT\tLANE\tEXIT\tHELD\tNOT OBSERVED\tACCUSED\tHABIT")
	for _, v := range m.Variants {
		if v.Left != "" {
			fmt.Fprintf(w, "%s\t%s\t-\t-\t-\t-\t%s (left out: %s)\n", v.ID, v.Lane, v.Habit, v.Left)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%s\n", v.ID, v.Lane, v.Exit, len(v.Held), len(v.Unobserved), len(v.Accusations()), v.Beside())
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}

// Markdown is the matrix for a repository's or a release's page: the badge, what is wrong, a row a variant.
func (m Matrix) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "### Healthy clusters of other habits\n\n%s. Suite %s, %s.\n\n", m.Badge(), reports.Code(m.SuiteVersion), m.Started.UTC().Format("2006-01-02 15:04 UTC"))
	for _, p := range m.Problems() {
		fmt.Fprintf(&b, "- **no proof** %s\n", reports.Inline(p))
	}
	b.WriteString("\n| variant | lane | what the cluster does | exit | hold | not observed | accused by |\n|---|---|---|---|---|---|---|\n")
	for _, v := range m.Variants {
		if v.Left != "" {
			fmt.Fprintf(&b, "| %s | %s | %s | left out: %s | | | |\n", v.ID, v.Lane, reports.Inline(v.Habit), reports.Inline(v.Left))
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %s | %s |\n", v.ID, v.Lane, reports.Inline(v.Beside()), v.Exit, len(v.Held),
			claims(v.Unobserved), claims(v.Accused))
	}
	return b.String()
}

// claims are ids with their causes; a dash for none.
func claims(sayings []Saying) string {
	var out []string
	for _, s := range sayings {
		id := s.Claim
		if s.Informative {
			id += " (informative)"
		}
		if s.Cause != "" {
			id += ": " + s.Cause.Words()
		}
		out = append(out, id)
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, ", ")
}
