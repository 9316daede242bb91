package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// maxComment is what GitHub takes as a comment, in characters.
const maxComment = 65536

// Markdown writes the run for pull requests: the verdict in one line, what is contradicted and how to try it again, what
// could not be observed, the table. What would make it too long for a comment is cut; the verdict and the names of what is
// contradicted are not.
func Markdown(w io.Writer, run Run) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "### %s gateproof: %s\n\n%s\n\n", symbol[run.Outcome()], run.Outcome(), run.Meaning())
	if len(run.Lanes) > 0 {
		out.WriteString(strings.Join(laneWords(run), ", ") + ": ")
	}
	fmt.Fprintf(&out, "%s in %s", run.Count(), run.Duration.Round(time.Second))
	if run.Selection != "" {
		fmt.Fprintf(&out, " (only %s)", Code(run.Selection))
	}
	out.WriteString(".\n\n")
	markdownFailures(&out, run)
	markdownObstacles(&out, run)
	for _, l := range run.Lanes {
		if words := l.Coverage(); words != "" {
			fmt.Fprintf(&out, "- **nodes** %s: %s\n", l.Name, Inline(cut(words, 600)))
		}
	}
	for _, p := range slices.Concat(run.Troubles(), run.Warnings()) {
		line, _, _ := strings.Cut(p.String(), "\n")
		word := "no verdict"
		if p.Warning {
			word = "warning"
		}
		fmt.Fprintf(&out, "- **%s** %s\n", word, Inline(cut(line, 300)))
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
			contradiction := strings.Replace(Headline(r), r.Claim+": ", "", 1)
			fmt.Fprintf(out, "- **%s %s**%s: %s — again: %s\n", l.Name, r.Claim, note, Inline(contradiction), Code("gateproof run --lanes="+l.Name+" --focus="+r.Claim))
		}
	}
}

// markdownObstacles has an entry a cause: the claims, what was said, what to do.
func markdownObstacles(out *bytes.Buffer, run Run) {
	for _, o := range run.Obstacles() {
		fmt.Fprintf(out, "- **not observed** (%s) %s", Inline(o.Cause.Words()), Inline(strings.Join(o.ByLane(), "; ")))
		if len(o.Said) > 0 {
			fmt.Fprintf(out, " — said: %s", Inline(cut(o.Said[0], 300)))
		}
		if more := len(o.Said) - 1; more > 0 {
			fmt.Fprintf(out, " (and %d more)", more)
		}
		fmt.Fprintf(out, " — to do: %s\n", Inline(o.Cause.Remedy()))
	}
}

// markdownTable has a row a claim and a column a lane, or a node of one; folded where everything holds.
func markdownTable(run Run) string {
	s := &summary{run: run, columns: Columns(run.Lanes), paint: painter(false)}
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
	for _, l := range s.columns {
		fmt.Fprintf(&out, " %s %s |", l.Name, l.Version)
	}
	out.WriteString("\n|---|" + strings.Repeat("---|", len(s.columns)) + "\n")
	for _, group := range groups {
		for _, row := range rows {
			if row.group != group {
				continue
			}
			fmt.Fprintf(&out, "| %s: %s |", group, row.label())
			for _, l := range s.columns {
				fmt.Fprintf(&out, " %s |", strings.TrimSpace(s.mark(l, row.claim, 0)))
			}
			out.WriteString("\n")
		}
	}
	out.WriteString("\n</details>\n")
	return out.String()
}
