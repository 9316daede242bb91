package reports

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

// headlineMax is the length of a headline in characters: what TestGrid shows without cutting the middle out.
const headlineMax = 140

var (
	// circumstance matches the lines of Gomega and Ginkgo that say how an assertion was made, not what it found.
	circumstance = regexp.MustCompile(`^(` + strings.Join([]string{
		`(Timed out|Failed|Context was cancelled.*) after [0-9.]+s\.`,
		`The (function|matcher) passed to (Eventually|Consistently) .*:`,
		`A (suite|spec|node|grace period) timeout occurred and then .*:`,
		`An interrupt occurred and then .*:`,
	}, "|") + `)$`)
	// typeTag is the type that Gomega writes before a value: <string>: or <[]int | len:2, cap:2>:
	typeTag = regexp.MustCompile(`^<[^<>]+>: ?`)
)

// splitFailure parts a failure's message into what was expected and seen, and the lines of circumstance.
func splitFailure(message string) (gist string, circumstances []string) {
	var kept []string
	for _, line := range strings.Split(strings.TrimSpace(message), "\n") {
		if circumstance.MatchString(line) {
			circumstances = append(circumstances, strings.TrimSuffix(line, ":"))
		} else {
			kept = append(kept, line)
		}
	}
	gist = strings.TrimSpace(strings.Join(kept, "\n"))
	if gist == "" {
		return strings.Join(circumstances, "\n"), nil
	}
	return gist, circumstances
}

// fold puts the first paragraph of a message on one line, without Gomega's type tags.
func fold(message string) string {
	paragraph, _, _ := strings.Cut(strings.TrimSpace(causeFirst(Printable(message))), "\n\n")
	var words []string
	for _, line := range strings.Split(paragraph, "\n") {
		line = typeTag.ReplaceAllString(strings.TrimSpace(line), "")
		if line == "Expected" && len(words) > 0 { // what came before is the assertion's own description
			words[len(words)-1] = strings.TrimSuffix(words[len(words)-1], ":") + ":"
			line = "expected"
		}
		words = append(words, strings.Fields(line)...)
	}
	return strings.Join(words, " ")
}

// Headline is one line of at most 140 characters that names the claim and what contradicted it, or why the
// claim could not be observed, was not run or doesn't apply; in front the node, where claims were proved node by node. It is empty for a claim that holds.
func Headline(r Result) string {
	node := r.at()
	switch r.Verdict {
	case Contradicted:
		return cut(node+r.Claim+": "+cmp.Or(fold(r.Failure), "failed without a message"), headlineMax)
	case NotObserved:
		return cut(node+r.Claim+": not observed, "+r.Cause.Words()+": "+cmp.Or(fold(r.Failure), "no reason given"), headlineMax)
	case NotApplicable:
		return cut(node+"not applicable: "+cmp.Or(fold(r.Reason), "no reason given"), headlineMax)
	case Holds:
		return ""
	}
	return cut(node+"not run: "+cmp.Or(fold(r.Reason), "no reason given"), headlineMax)
}

// cut shortens s to n characters, and shows that it did.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
