// Package benign is the benign matrix: healthy clusters of other habits, and whether the suite leaves them in peace.
package benign

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// Matrix is what a run of the suite on each variant found.
type Matrix struct {
	SuiteVersion string        `json:"suiteVersion"`
	Started      time.Time     `json:"started"`
	Duration     time.Duration `json:"durationNanoseconds"`
	Whole        bool          `json:"whole"`  // all variants were asked for
	Claims       []string      `json:"claims"` // all that the suite has, in its order
	Variants     []Variant     `json:"variants"`
}

// Variant is one healthy cluster of another habit, and what the claims made of it.
type Variant struct {
	ID         string        `json:"id"`
	Habit      string        `json:"habit"` // what this cluster does, a sentence without its end
	Why        string        `json:"why"`   // who has such clusters
	Family     string        `json:"family"`
	Lane       string        `json:"lane"`
	With       []string      `json:"with,omitempty"`       // the other variants that were tried at once with it
	May        []string      `json:"may,omitempty"`        // the claims that may be not observed on it; every other one must hold
	InForce    string        `json:"inForce,omitempty"`    // what shows that the variant was in force; "" where it changed nothing
	Exit       int           `json:"exit"`                 // of the run
	Accused    []Saying      `json:"accused,omitempty"`    // the claims that were contradicted
	Unobserved []Saying      `json:"unobserved,omitempty"` // the claims that could not look
	Held       []string      `json:"held"`                 // the claims that hold
	Left       string        `json:"left,omitempty"`       // why it was not tried here: "this kernel has no Yama"
	Ended      string        `json:"ended,omitempty"`      // what ended the run before its first claim, where nothing else can be asked of it
	Problem    string        `json:"problem,omitempty"`    // what kept the run from trying claims
	Duration   time.Duration `json:"durationNanoseconds"`
}

// Saying is what a claim said of a healthy cluster, in one line.
type Saying struct {
	Claim       string        `json:"claim"`
	Cause       reports.Cause `json:"cause,omitempty"` // of what could not be observed
	Headline    string        `json:"headline"`
	Informative bool          `json:"informative,omitempty"` // and so decides nothing
}

// Take notes what a run on the variant came to.
func (v *Variant) Take(run reports.Run) {
	v.Exit, v.Duration = run.ExitCode(), run.Duration
	if troubles := run.Troubles(); len(troubles) > 0 {
		v.Problem = troubles[0].String()
	}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			saying := Saying{Claim: r.Claim, Headline: reports.Headline(r), Informative: r.Kind == reports.Informative}
			switch r.Verdict {
			case reports.Holds:
				v.Held = append(v.Held, r.Claim)
			case reports.Contradicted:
				v.Accused = append(v.Accused, saying)
			case reports.NotObserved:
				saying.Cause = r.Cause
				v.Unobserved = append(v.Unobserved, saying)
			}
		}
	}
}

// Again takes what claims came to that were asked again, in place of what they came to before.
func (v *Variant) Again(of Variant) {
	asked := func(s Saying) bool {
		again := func(other Saying) bool { return s.Claim == other.Claim }
		return slices.Contains(of.Held, s.Claim) || slices.ContainsFunc(of.Accused, again) || slices.ContainsFunc(of.Unobserved, again)
	}
	v.Accused = append(slices.DeleteFunc(v.Accused, asked), of.Accused...)
	v.Unobserved = append(slices.DeleteFunc(v.Unobserved, asked), of.Unobserved...)
	v.Held = append(v.Held, of.Held...)
	v.Duration, v.Problem = v.Duration+of.Duration, cmp.Or(v.Problem, of.Problem)
	switch {
	case len(v.Accusations()) > 0:
		v.Exit = reports.ExitFails
	case v.Problem != "" || slices.ContainsFunc(v.Unobserved, func(s Saying) bool { return !s.Informative }):
		v.Exit = reports.ExitNoVerdict
	default:
		v.Exit = reports.ExitHolds
	}
}

// Beside is the habit, and with which others it was tried at once.
func (v Variant) Beside() string {
	if len(v.With) == 0 {
		return v.Habit
	}
	return v.Habit + " (at once with " + strings.Join(v.With, ", ") + ")"
}

// Accusations are the contradictions that decide.
func (v Variant) Accusations() []Saying {
	return slices.DeleteFunc(slices.Clone(v.Accused), func(s Saying) bool { return s.Informative })
}

// surplus are the claims that could not look although they must.
func (v Variant) surplus() []Saying {
	return slices.DeleteFunc(slices.Clone(v.Unobserved), func(s Saying) bool { return slices.Contains(v.May, s.Claim) })
}

// InPeace says that the variant was tried, was in force, and that no claim accuses it.
func (v Variant) InPeace() bool {
	return v.Left == "" && v.Problem == "" && v.InForce != "" && (len(v.Held) > 0 || v.Ended != "") && len(v.Accusations()) == 0
}

// Problems are what the variant shows of the suite's mistakes, or why it shows nothing.
func (v Variant) Problems() (out []string) {
	if v.Left != "" {
		return nil
	}
	add := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("variant %s", v.ID)+fmt.Sprintf(format, args...))
	}
	if accused := v.Accusations(); len(accused) > 0 {
		add(" is accused although it is healthy (%s): %s", v.Habit, headlines(accused))
	}
	if v.Problem != "" {
		add(": no verdict: %s", v.Problem)
		return out
	}
	if surplus := v.surplus(); len(surplus) > 0 {
		add(": must hold and could not be observed: %s", headlines(surplus))
	}
	if v.InForce == "" {
		add(" changed nothing: nothing shows that it was in force (%s)", v.Habit)
	}
	if len(v.Held) == 0 && v.Ended == "" {
		add(": no claim holds, so that its peace proves nothing")
	}
	return out
}

func headlines(sayings []Saying) string {
	var out []string
	for _, s := range sayings {
		out = append(out, s.Headline)
	}
	return strings.Join(out, "; ")
}

// Problems are in words what keeps the matrix from showing that the suite accuses no healthy cluster.
func (m Matrix) Problems() (out []string) {
	for _, v := range m.Variants {
		out = append(out, v.Problems()...)
	}
	return out
}

// Badge is the matrix in one line. What was left out counts neither way.
func (m Matrix) Badge() string {
	peaceful, left := 0, 0
	for _, v := range m.Variants {
		switch {
		case v.Left != "":
			left++
		case v.InPeace():
			peaceful++
		}
	}
	badge := fmt.Sprintf("%d of %d healthy clusters not accused", peaceful, len(m.Variants)-left)
	if left > 0 {
		badge += fmt.Sprintf(" (%d left out)", left)
	}
	return badge
}
