package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// Summary shows the run on a terminal: a table of claims and lanes, the failures with their first lines, the
// troubles, the totals, and the folders where the JUnit files are. It reads without colour too.
func Summary(w io.Writer, run Run, dirs []string, color bool) error {
	s := &summary{run: run, paint: painter(color)}
	s.table()
	s.failures()
	s.problems()
	s.totals()
	if len(dirs) > 0 {
		s.line("JUnit: %s", strings.Join(dirs, ", "))
	}
	_, err := w.Write(s.out.Bytes())
	return err
}

type summary struct {
	run   Run
	out   bytes.Buffer
	paint painter
}

func (s *summary) line(format string, args ...any) {
	fmt.Fprintf(&s.out, format+"\n", args...)
}

func (s *summary) failures() {
	heading := false
	for _, l := range s.run.Lanes {
		for _, r := range l.Results {
			if r.Verdict != Contradicted {
				continue
			}
			if !heading {
				s.line("\n%s", s.paint.bold("Failures"))
				heading = true
			}
			note := ""
			if r.Kind == Informative {
				note = " (informative)"
			}
			s.line("  %s%s  %s", l.Name, note, Headline(r))
			if r.Location != "" {
				s.line("      %s", at(r.Location))
			}
		}
	}
}

func (s *summary) problems() {
	problems := s.run.Problems()
	if len(problems) == 0 {
		return
	}
	s.line("\n%s", s.paint.bold("Infrastructure and input"))
	for _, p := range problems {
		first, rest, _ := strings.Cut(strings.TrimSpace(Printable(p.String())), "\n")
		s.line("  %s", first)
		if rest = tail(rest, 1000); rest != "" {
			s.line("      %s", strings.ReplaceAll(rest, "\n", "\n      "))
		}
	}
}

func (s *summary) totals() {
	memory := ""
	if s.run.PeakMemory > 0 {
		memory = fmt.Sprintf(", at most %.1f GiB of memory", float64(s.run.PeakMemory)/(1<<30))
	}
	s.line("\n%s in %s%s", s.run.Count(), s.run.Duration.Round(time.Second/10), memory)
	if s.run.Selection != "" {
		s.line("Selection: %s", s.run.Selection)
	}
	meaning := map[int]string{
		ExitHolds:     "the claims hold",
		ExitFails:     "a conformance claim failed",
		ExitNoVerdict: "infrastructure or input at fault, no verdict",
	}
	outcome := fmt.Sprintf("%s: %s", s.run.Outcome(), meaning[s.run.ExitCode()])
	if s.run.ExitCode() == ExitHolds {
		outcome = s.paint.green(outcome)
	} else {
		outcome = s.paint.red(outcome)
	}
	s.line("Result: %s", outcome)
}
