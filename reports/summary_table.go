package reports

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// table prints a line per claim under its group's heading, and a mark per lane, or per node of one.
func (s *summary) table() {
	groups, rows := s.rows()
	if len(rows) == 0 {
		return
	}
	first := 0
	for _, r := range rows {
		first = max(first, utf8.RuneCountInString(r.label()))
	}
	var widths []int
	for _, l := range s.columns {
		width := max(len(l.Name), len(l.Version), len(l.Runtime), len(l.Expect), len("not run"))
		for _, r := range l.Results {
			width = max(width, len(Mark(r.Verdict, r.Kind)))
		}
		widths = append(widths, width)
	}
	header := func(cell func(Lane) string) {
		line := pad("", first+2)
		for i, l := range s.columns {
			line += "  " + pad(cell(l), widths[i])
		}
		if line = strings.TrimRight(line, " "); line != "" {
			s.line("%s", line)
		}
	}
	header(func(l Lane) string { return l.Name })
	header(func(l Lane) string { return l.Version })
	header(func(l Lane) string { return l.Runtime })
	header(func(l Lane) string { return l.Expect })
	for _, group := range groups {
		s.line("%s", s.paint.bold(group))
		for _, row := range rows {
			if row.group != group {
				continue
			}
			line := "  " + pad(row.label(), first)
			for i, l := range s.columns {
				line += "  " + s.mark(l, row.claim, widths[i])
			}
			s.line("%s", strings.TrimRight(line, " "))
		}
	}
	if slices.ContainsFunc(rows, func(r row) bool { return r.informative }) {
		s.line("* informative: measured, never fails the run")
	}
}

type row struct {
	group, claim string
	informative  bool
}

func (r row) label() string {
	if r.informative {
		return r.claim + " *"
	}
	return r.claim
}

// rows lists groups and claims in the order in which the lanes have them.
func (s *summary) rows() (groups []string, rows []row) {
	for _, l := range s.run.Lanes {
		for _, r := range l.Results {
			if !slices.Contains(groups, r.Group) {
				groups = append(groups, r.Group)
			}
			if !slices.ContainsFunc(rows, func(x row) bool { return x.claim == r.Claim }) {
				rows = append(rows, row{r.Group, r.Claim, r.Kind == Informative})
			}
		}
	}
	return groups, rows
}

// mark is what the claim came to in the lane, padded before it is painted.
func (s *summary) mark(l Lane, claim string, width int) string {
	r, ok := l.Result(claim)
	if !ok {
		return pad("-", width)
	}
	mark := pad(Mark(r.Verdict, r.Kind), width)
	switch {
	case r.Verdict == Holds:
		return s.paint.green(mark)
	case r.Verdict == Contradicted && r.Kind != Informative:
		return s.paint.red(mark)
	case r.Verdict == NotApplicable:
		return s.paint.dim(mark)
	}
	return s.paint.yellow(mark)
}

// Mark is a verdict as a word short enough for a table. A contradiction that decides nothing does not shout.
func Mark(v Verdict, kind Kind) string {
	switch {
	case v == Contradicted && kind == Informative:
		return "fail"
	case v == Contradicted:
		return "FAIL"
	case v == NotObserved:
		return "not observed"
	case v == NotApplicable:
		return "n/a"
	case v == Holds:
		return "holds"
	}
	return "not run"
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}
