package reports

import (
	"fmt"
	"slices"
	"strings"
)

// mostNamed is how many nodes a line names.
const mostNamed = 8

// Coverage says in words which of the cluster's nodes the verdicts are about: "37 of 40 nodes, 3 of 3 kinds; not reached: ...". It is empty for a lane
// that was one place.
func (l Lane) Coverage() string {
	if l.Nodes == nil {
		return ""
	}
	kinds := map[string]bool{}
	seen := 0
	by := map[string][]string{}
	for _, n := range l.Nodes.List {
		verdict := l.verdictOn(n)
		if n.Unreached != "" {
			by["not reached"] = append(by["not reached"], fmt.Sprintf("%s: %s", n, firstLine(n.Unreached)))
			continue
		}
		if verdict == Holds || verdict == Contradicted {
			seen++
			kinds[n.Kind] = true
		}
		if words, bad := map[Verdict]string{Contradicted: "contradicted", NotObserved: "not all observed", NotRun: "not all run"}[verdict]; bad {
			by[words] = append(by[words], n.String())
		}
	}
	for _, n := range l.Nodes.Left {
		by["left out"] = append(by["left out"], n.Name+": "+n.Why)
	}
	text := fmt.Sprintf("%d of %d nodes, %d of %d kinds", seen, l.Nodes.Of, len(kinds), l.Nodes.Kinds)
	for _, words := range []string{"contradicted", "not all observed", "not all run", "not reached", "left out"} {
		if names := by[words]; len(names) > 0 {
			text += "; " + words + ": " + few(names)
		}
	}
	return text
}

// verdictOn is what the node's conformance claims come to together: the worst of them, where what was not tried counts for more than what holds.
func (l Lane) verdictOn(n Node) Verdict {
	verdict := NotApplicable
	for _, r := range l.Results {
		if r.Node == n.Name && r.Kind != Informative && slices.Index(severity, r.Verdict) < slices.Index(severity, verdict) {
			verdict = r.Verdict
		}
	}
	return verdict
}

func few(names []string) string {
	if more := len(names) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNamed], ", "), more)
	}
	return strings.Join(names, ", ")
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(Printable(text)), "\n")
	return line
}
