package look

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gateproof/gateproof/reports"
)

// Width is of a table that does not know how wide the terminal is, in characters.
const Width = 110

var headings = [4]string{"WHAT", "FOUND", "COSTS", "WHAT TO DO"}

// shares divide the width that the first column leaves.
var shares = [4]int{0, 5, 3, 3}

const gap = "  "

// Text is the rows as a table, each cell wrapped within its column, and in the last line what all of it costs.
func (l Look) Text(width int) string {
	widths := columns(l.Rows, width)
	var b strings.Builder
	b.WriteString(row(headings, widths))
	for _, r := range l.Rows {
		b.WriteString(row([4]string{r.What, r.Found, dash(r.Costs), dash(r.Remedy)}, widths))
	}
	return b.String() + l.Result() + "\n"
}

// Result is what the look comes to, in one line.
func (l Look) Result() string {
	if l.End != "" {
		return "no claim can be observed: " + l.End
	}
	var lost []string
	for _, id := range l.Claims {
		if l.Lost[id] != "" {
			lost = append(lost, id)
		}
	}
	text := claims(len(l.Claims)-len(lost)) + " can be observed"
	if len(lost) > 0 {
		text += fmt.Sprintf(", %d cannot: %s", len(lost), strings.Join(lost, ", "))
	}
	if l.Scale > 1 {
		text += fmt.Sprintf("; waits are %.1f times as long as usual", l.Scale)
	}
	return text
}

func claims(n int) string {
	if n == 1 {
		return "1 claim"
	}
	return fmt.Sprintf("%d claims", n)
}

// ForReport are the rows as reports keep them.
func (l Look) ForReport() []reports.LookRow {
	var out []reports.LookRow
	for _, r := range l.Rows {
		out = append(out, reports.LookRow(r))
	}
	return out
}

// columns are the columns' widths: the first takes what it needs.
func columns(rows []Row, width int) [4]int {
	var out [4]int
	for _, r := range append([]Row{{What: headings[0]}}, rows...) {
		for _, line := range wrap(r.What, 24) {
			out[0] = max(out[0], utf8.RuneCountInString(line))
		}
	}
	shares := shares
	if !slices.ContainsFunc(rows, func(r Row) bool { return r.Costs != "" || r.Remedy != "" }) {
		shares = [4]int{0, 1} // nothing to say there
	}
	left, parts := max(width-out[0]-3*len(gap), 45), 0
	for _, s := range shares {
		parts += s
	}
	for i := 1; i < len(out); i++ {
		out[i] = left * shares[i] / parts
	}
	return out
}

func row(cells [4]string, widths [4]int) string {
	var wrapped [4][]string
	height := 0
	for i, c := range cells {
		if widths[i] == 0 {
			continue
		}
		wrapped[i] = wrap(c, widths[i])
		height = max(height, len(wrapped[i]))
	}
	var b strings.Builder
	for n := range height {
		var line string
		for i := range cells {
			text := ""
			if n < len(wrapped[i]) {
				text = wrapped[i][n]
			}
			line += text + strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text))) + gap
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// wrap breaks a text into lines of at most width characters, between words where there is a place.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		for _, piece := range pieces(word, width) {
			switch {
			case line == "":
				line = piece
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(piece) <= width:
				line += " " + piece
			default:
				lines, line = append(lines, line), piece
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces are a word that is longer than a line, such as an image's name, in parts.
func pieces(word string, width int) []string {
	var out []string
	for part := range slices.Chunk([]rune(word), max(width, 1)) {
		out = append(out, string(part))
	}
	return out
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
