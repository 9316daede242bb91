package reports

import (
	"fmt"
	"strings"
)

// How much of what stood in the way a terminal shows for each cause: so many different answers, of so many characters.
const (
	maxSaid  = 3
	saidMax  = 300
	lineWide = 110 // where a list of claims is broken
)

// obstacles says, by cause, what could not be observed, what stood in the way, and what to do about it.
func (s *summary) obstacles() {
	obstacles := s.run.Obstacles()
	if len(obstacles) == 0 {
		return
	}
	s.line("\n%s", s.paint.bold("Not observed, which does not speak against the cluster"))
	for _, o := range obstacles {
		s.line("  %s", o.Cause.Words())
		for _, claims := range o.ByLane() {
			s.line("    %s", wrapped(claims, lineWide, "        "))
		}
		for i, said := range o.Said {
			if i == maxSaid {
				s.line("    and %d other answers, which are in the reports", len(o.Said)-i)
				break
			}
			s.line("    said: %s", cut(said, saidMax))
		}
		s.line("    to do: %s", o.Cause.Remedy())
	}
}

// wrapped breaks words into lines of at most so many characters, unless one is longer.
func wrapped(text string, width int, indent string) string {
	var out strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case at+1+len(word) > width:
			out.WriteString("\n" + indent)
			at = len(indent)
		default:
			out.WriteString(" ")
			at++
		}
		out.WriteString(word)
		at += len(word)
	}
	return out.String()
}

// claims is so many claims in words.
func claims(n int) string {
	if n == 1 {
		return "1 claim"
	}
	return fmt.Sprintf("%d claims", n)
}
