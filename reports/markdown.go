package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// maxComment is what GitHub takes as a comment, in characters.
const maxComment = 65536

// Markdown writes the run for pull requests: the verdict in one line, what failed and how to try it again, the table.
// What would make it too long for a comment is cut; the verdict and the names of what failed are not.
func Markdown(w io.Writer, run Run) error {
	var out bytes.Buffer
	n := run.Count()
	fmt.Fprintf(&out, "### %s gateproof: %s\n\n", symbol[run.Outcome()], run.Outcome())
	if len(run.Lanes) > 0 {
		out.WriteString(strings.Join(laneWords(run), ", ") + ": ")
	}
	fmt.Fprintf(&out, "%d passed, %d failed, %d not applicable, %d not run in %s",
		n.Holds, n.Contradicted, n.NotApplicable, n.NotRun, run.Duration.Round(time.Second))
	if run.Selection != "" {
		fmt.Fprintf(&out, " (only %s)", Code(run.Selection))
	}
	out.WriteString(".\n\n")
	markdownFailures(&out, run)
	for _, p := range run.Problems() {
		line, _, _ := strings.Cut(p.String(), "\n")
		fmt.Fprintf(&out, "- **no verdict** %s\n", Inline(cut(line, 300)))
	}
	table := markdownTable(run)
	if out.Len()+len(table) < maxComment {
		out.WriteString(table)
	}
	text := out.String()
	if len(text) >= maxComment {
		text = text[:strings.LastIndexByte(text[:maxComment-100], '\n')] + "\n\nCut; the rest is in the reports.\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

var symbol = map[Outcome]string{Success: "✅", Partial: "⚠️", Failure: "❌"}

func laneWords(run Run) (out []string) {
	for _, l := range run.Lanes {
		out = append(out, strings.TrimSpace(fmt.Sprintf("lane %s %s %s", l.Name, l.Version, l.Expect)))
	}
	return out
}

func markdownFailures(out *bytes.Buffer, run Run) {
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if r.Verdict != Contradicted {
				continue
			}
			note := ""
			if r.Kind == Informative {
				note = " (informative)"
			}
			_, contradiction, _ := strings.Cut(Headline(r), ": ")
			fmt.Fprintf(out, "- **%s %s**%s: %s — again: %s\n", l.Name, r.Claim, note, Inline(contradiction), Code("make e2e LANES="+l.Name+" FOCUS="+r.Claim))
		}
	}
}

// markdownTable has a row a claim and a column a lane; folded where everything passed.
func markdownTable(run Run) string {
	s := &summary{run: run, paint: painter(false)}
	groups, rows := s.rows()
	if len(rows) == 0 {
		return ""
	}
	var out strings.Builder
	open := ""
	if run.Outcome() != Success {
		open = " open"
	}
	fmt.Fprintf(&out, "\n<details%s><summary>%d claims</summary>\n\n| claim |", open, len(rows))
	for _, l := range run.Lanes {
		fmt.Fprintf(&out, " %s %s |", l.Name, l.Version)
	}
	out.WriteString("\n|---|" + strings.Repeat("---|", len(run.Lanes)) + "\n")
	for _, group := range groups {
		for _, row := range rows {
			if row.group != group {
				continue
			}
			fmt.Fprintf(&out, "| %s: %s |", group, row.label())
			for _, l := range run.Lanes {
				fmt.Fprintf(&out, " %s |", strings.TrimSpace(s.mark(l, row.claim, 0)))
			}
			out.WriteString("\n")
		}
	}
	out.WriteString("\n</details>\n")
	return out.String()
}
