// Package github tells GitHub Actions what a run found: annotations, outputs and the step's summary.
package github

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// maxAnnotations is what GitHub shows of one kind in one step; more vanish without a word.
const maxAnnotations = 10

// Annotate writes an error annotation for each conformance claim that failed. Where GitHub would not show all, the last
// one says how many there are.
func Annotate(w io.Writer, run reports.Run) error {
	var lines []string
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if r.Verdict == reports.Contradicted && r.Kind == reports.Conformance {
				lines = append(lines, annotation(l.Name, r))
			}
		}
	}
	for _, p := range run.Problems() {
		lines = append(lines, command("no verdict", "", "", firstLine(p.String())))
	}
	if more := len(lines) - maxAnnotations; more > 0 {
		lines = append(lines[:maxAnnotations-1], command("more", "", "", fmt.Sprintf("%d more failures: see the step's summary and the reports", more+1)))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

var place = regexp.MustCompile(`^(.*):([0-9]+)$`)

func annotation(lane string, r reports.Result) string {
	file, line := "", ""
	if m := place.FindStringSubmatch(r.Location); m != nil {
		file, line = m[1], m[2]
	}
	return command(lane+" "+r.Claim, file, line, lane+": "+reports.Headline(r))
}

// command is GitHub's workflow command for an error.
func command(title, file, line, message string) string {
	properties := []string{"title=" + property.Replace(title)}
	if file != "" {
		properties = append(properties, "file="+property.Replace(file), "line="+line)
	}
	return "::error " + strings.Join(properties, ",") + "::" + data.Replace(message)
}

// What workflow commands want escaped, in a message and in a property.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
