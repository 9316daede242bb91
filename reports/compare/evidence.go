package compare

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
)

// noise is what differs from run to run on the same cluster, and what stands for it.
var noise = []struct {
	pattern *regexp.Regexp
	word    string
}{
	{regexp.MustCompile(`gp[0-9a-f]{16}`), "WORD"},
	{regexp.MustCompile(`\b[0-9a-f]{32,64}\b`), "ID"},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "UID"},
	{regexp.MustCompile(`gateproof-[a-z0-9-]+`), "NAMESPACE"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^ ]*`), "TIME"},
	{regexp.MustCompile(`\d+(\.\d+)?(ms|µs|s)\b`), "DURATION"},
	{regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}\b`), "ADDRESS"},
	{regexp.MustCompile(`\d+`), "N"}, // PIDs, start times, inodes
	{regexp.MustCompile(`[ \t]+`), " "},
	{regexp.MustCompile(`(?m)^( ?N N N N) [RSDI] `), "$1 S "}, // in a process table: on a processor or waiting; not T, not Z
}

// normal is text without its noise. The order of lines is kept but where processes are listed by PID.
func normal(text string) string {
	for _, n := range noise {
		text = n.pattern.ReplaceAllString(text, n.word)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// firstDifference is the first piece of evidence in which the two differ by more than noise, and the lines in which.
func firstDifference(a, b []reports.Evidence) (name, before, after string) {
	for i, e := range b {
		if i >= len(a) || a[i].Name != e.Name {
			return "", "", "" // other pieces: the claim itself has changed
		}
		if was, now := normal(a[i].Text), normal(e.Text); was != now {
			return e.Name, onlyIn(was, now), onlyIn(now, was)
		}
	}
	return "", "", ""
}

// onlyIn are the lines of a that b has not, shortened.
func onlyIn(a, b string) string {
	have := strings.Split(b, "\n")
	var out []string
	for line := range strings.SplitSeq(a, "\n") {
		if i := slices.Index(have, line); i >= 0 {
			have = slices.Delete(have, i, i+1)
			continue
		}
		out = append(out, line)
	}
	text := strings.Join(out, "; ")
	if len(text) > 300 {
		text = text[:300] + "…"
	}
	return text
}
