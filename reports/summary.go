package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// Summary shows the run on a terminal: a table of claims and lanes, the contradictions with their first lines, what could
// not be observed, the troubles, the totals, and the folders where the JUnit files are. It reads without colour too.
func Summary(w io.Writer, run Run, dirs []string, color bool) error {
	s := &summary{run: run, columns: Columns(run.Lanes), paint: painter(color)}
	s.table()
	s.failures()
	s.obstacles()
	s.nodes()
	s.problems("Infrastructure and input", run.Troubles())
	s.problems("Warnings, which change no verdict", run.Warnings())
	s.totals()
	if len(dirs) > 0 {
		s.line("JUnit: %s", strings.Join(dirs, ", "))
	}
	_, err := w.Write(s.out.Bytes())
	return err
}

type summary struct {
	run     Run
	columns []Lane
	out     bytes.Buffer
	paint   painter
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

// nodes says which nodes the verdicts are about.
func (s *summary) nodes() {
	heading := false
	for _, l := range s.run.Lanes {
		words := l.Coverage()
		if words == "" {
			continue
		}
		if !heading {
			s.line("\n%s", s.paint.bold("Nodes"))
			heading = true
		}
		s.line("  %s: %s", l.Name, words)
	}
}

func (s *summary) problems(heading string, problems []Problem) {
	if len(problems) == 0 {
		return
	}
	s.line("\n%s", s.paint.bold(heading))
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
	s.line("Result: %s", s.result())
}

// result is the outcome, and what it means.
func (s *summary) result() string {
	n := s.run.Count()
	words := string(s.run.Outcome()) + ": "
	switch code := s.run.ExitCode(); {
	case code == ExitHolds:
		return s.paint.green(words + "the claims hold")
	case code == ExitFails && n.Contradicted == 1:
		return s.paint.red(words + "a conformance claim is contradicted")
	case code == ExitFails:
		return s.paint.red(fmt.Sprintf("%s%d conformance claims are contradicted", words, n.Contradicted))
	case s.run.OnlyUnobserved():
		return s.paint.yellow(fmt.Sprintf("%sno verdict: nothing contradicts, %s could not be observed", words, claims(n.NotObserved)))
	}
	return s.paint.red(words + "infrastructure or input at fault, no verdict")
}
