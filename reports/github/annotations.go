// Package github tells GitHub Actions what a run found: annotations, outputs and the step's summary.
package github

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// maxAnnotations is what GitHub shows of one kind in one step; more vanish without a word.
const maxAnnotations = 10

// Annotate writes an error for each conformance claim that is contradicted and for each trouble, and a warning for each cause
// of what could not be observed. Where GitHub would not show all of a kind, the last one says how many there are.
func Annotate(w io.Writer, run reports.Run) error {
	var errors, warnings []string
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if r.Verdict == reports.Contradicted && r.Kind == reports.Conformance {
				errors = append(errors, annotation(l.Name, r))
			}
		}
	}
	for _, p := range run.Troubles() {
		errors = append(errors, command("error", "no verdict", "", "", firstLine(p.String())))
	}
	for _, o := range run.Obstacles() {
		warnings = append(warnings, command("warning", "not observed", "", "", obstacle(o)))
	}
	for _, p := range run.Warnings() {
		warnings = append(warnings, command("warning", "warning", "", "", firstLine(p.String())))
	}
	for _, line := range slices.Concat(shown("error", "failures", errors), shown("warning", "warnings", warnings)) {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// shown are as many of one kind as GitHub shows.
func shown(kind, what string, lines []string) []string {
	more := len(lines) - maxAnnotations
	if more <= 0 {
		return lines
	}
	return append(lines[:maxAnnotations-1], command(kind, "more", "", "", fmt.Sprintf("%d more %s: see the step's summary and the reports", more+1, what)))
}

// obstacle says what could not be observed, why, and what to do.
func obstacle(o reports.Obstacle) string {
	said := ""
	if len(o.Said) > 0 {
		said = "; said: " + o.Said[0]
	}
	return fmt.Sprintf("%s: %s%s; to do: %s", o.Cause.Words(), strings.Join(o.ByLane(), "; "), said, o.Cause.Remedy())
}

var place = regexp.MustCompile(`^(.*):([0-9]+)$`)

func annotation(lane string, r reports.Result) string {
	file, line := "", ""
	if m := place.FindStringSubmatch(r.Location); m != nil {
		file, line = m[1], m[2]
	}
	return command("error", lane+" "+r.Claim, file, line, lane+": "+reports.Headline(r))
}

// command is GitHub's workflow command of a kind: error, warning.
func command(kind, title, file, line, message string) string {
	properties := []string{"title=" + property.Replace(title)}
	if file != "" {
		properties = append(properties, "file="+property.Replace(file), "line="+line)
	}
	return "::" + kind + " " + strings.Join(properties, ",") + "::" + data.Replace(message)
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
