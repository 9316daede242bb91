package reports

import (
	"fmt"
	"strings"
)

// String is the counts in words, as machines read them too: "12 passed, 0 failed" come first, always; what is zero of the
// others is left out.
func (n Counts) String() string {
	words := []string{fmt.Sprintf("%d passed", n.Holds), fmt.Sprintf("%d failed", n.Contradicted)}
	for _, extra := range []struct {
		n    int
		word string
	}{
		{n.NotObserved, "not observed"}, {n.InformativeContradicted, "informative failed"}, {n.InformativeNotObserved, "informative not observed"},
		{n.NotApplicable, "not applicable"}, {n.NotRun, "not run"},
	} {
		if extra.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", extra.n, extra.word))
		}
	}
	return strings.Join(words, ", ")
}

// Meaning is the run in one sentence, for people.
func (r Run) Meaning() string {
	n := r.Count()
	switch {
	case n.Contradicted == 1:
		return "A conformance claim is contradicted."
	case n.Contradicted > 1:
		return fmt.Sprintf("%d conformance claims are contradicted.", n.Contradicted)
	case r.OnlyUnobserved():
		return "Nothing contradicts. " + claims(n.NotObserved) + " could not be observed."
	case r.ExitCode() == ExitNoVerdict:
		return "The infrastructure or the input was at fault. Nothing is known to be wrong with the cluster."
	case r.Outcome() == Partial:
		return "The claims that were selected hold. The others were not tried."
	}
	return "Every conformance claim holds in every lane where it applies."
}
