// Package kill is the kill matrix: which claims notice which clusters broken on purpose.
package kill

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gateproof/gateproof/reports"
)

// Matrix is what a run of the suite against each mutant found.
type Matrix struct {
	SuiteVersion string        `json:"suiteVersion"`
	Started      time.Time     `json:"started"`
	Duration     time.Duration `json:"durationNanoseconds"`
	Whole        bool          `json:"whole"`  // all mutants were tried
	Claims       []string      `json:"claims"` // all that the suite has, in its order
	Mutants      []Mutant      `json:"mutants"`
}

// Mutant is one broken cluster, and what the claims made of it.
type Mutant struct {
	ID        string        `json:"id"`
	Breaks    string        `json:"breaks"`
	Why       string        `json:"why"`
	Component string        `json:"component"`
	Lane      string        `json:"lane"`
	MustKill  []string      `json:"mustKill,omitempty"`  // the claims that have to fail on it
	MustSpare []string      `json:"mustSpare,omitempty"` // the claims that have to pass on it
	KilledBy  []Kill        `json:"killedBy"`            // the claims that failed
	Passed    []string      `json:"passed"`              // those that did not notice
	Problem   string        `json:"problem,omitempty"`
	Duration  time.Duration `json:"durationNanoseconds"`
}

// Kill is a claim that failed, with the words in which it did.
type Kill struct {
	Claim    string `json:"claim"`
	Headline string `json:"headline"`
	// Unobserved says that the claim saw no contradiction: it could not look. That may have any reason.
	Unobserved bool `json:"unobserved,omitempty"`
}

// Take notes what a run against the mutant came to.
func (m *Mutant) Take(run reports.Run) {
	m.Duration = run.Duration
	for _, p := range run.Problems() {
		m.Problem = p.String()
	}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			switch r.Verdict {
			case reports.Contradicted:
				m.KilledBy = append(m.KilledBy, Kill{r.Claim, reports.Headline(r), strings.HasPrefix(r.Failure, reports.Unobserved)})
			case reports.Holds:
				m.Passed = append(m.Passed, r.Claim)
			}
		}
	}
}

// Survived says that no claim noticed.
func (m Mutant) Survived() bool { return m.Problem == "" && len(m.KilledBy) == 0 }

// Crude says that nothing works any more, so that its death proves nothing of any claim.
func (m Mutant) Crude() bool { return len(m.KilledBy) > 0 && len(m.Passed) == 0 }

// blind are the claims that had to fail and did not.
func (m Mutant) blind() (out []string) {
	for _, claim := range m.MustKill {
		if !m.Kills(claim) {
			out = append(out, claim)
		}
	}
	return out
}

// incidental is what a claim said that had to fail, and failed because it could not look; "" for none.
func (m Mutant) incidental() string {
	for _, k := range m.KilledBy {
		if k.Unobserved && slices.Contains(m.MustKill, k.Claim) {
			return k.Headline
		}
	}
	return ""
}

// hit are the claims that had to pass and did not.
func (m Mutant) hit() (out []string) {
	for _, claim := range m.MustSpare {
		if !slices.Contains(m.Passed, claim) {
			out = append(out, claim)
		}
	}
	return out
}

// Kills says that the claim fails on the mutant, in that it sees a contradiction or that it cannot look.
func (m Mutant) Kills(claim string) bool {
	return slices.ContainsFunc(m.KilledBy, func(k Kill) bool { return k.Claim == claim })
}

// Decorations are the claims that no mutant made fail. They are known only of a whole matrix.
func (m Matrix) Decorations() []string {
	if !m.Whole {
		return nil
	}
	var out []string
	for _, c := range m.Claims {
		if m.kills(c) == 0 {
			out = append(out, c)
		}
	}
	return out
}

func (m Matrix) kills(claim string) int {
	n := 0
	for _, mutant := range m.Mutants {
		if mutant.Kills(claim) {
			n++
		}
	}
	return n
}

// Problems are in words what keeps the matrix from showing that the suite can fail, and that each claim is needed.
func (m Matrix) Problems() []string {
	var out []string
	for _, mutant := range m.Mutants {
		switch {
		case mutant.Problem != "":
			out = append(out, fmt.Sprintf("mutant %s: no verdict: %s", mutant.ID, mutant.Problem))
		case mutant.Survived():
			out = append(out, fmt.Sprintf("mutant %s survived: %s, and no claim noticed", mutant.ID, mutant.Breaks))
		case len(mutant.blind()) > 0:
			out = append(out, fmt.Sprintf("mutant %s: %s, and %s did not notice", mutant.ID, mutant.Breaks, strings.Join(mutant.blind(), ", ")))
		case mutant.incidental() != "":
			out = append(out, fmt.Sprintf("mutant %s: the claim that should contradict could not look: %s", mutant.ID, mutant.incidental()))
		case len(mutant.hit()) > 0:
			out = append(out, fmt.Sprintf("mutant %s breaks more than it says: %s failed too", mutant.ID, strings.Join(mutant.hit(), ", ")))
		case mutant.Crude():
			out = append(out, fmt.Sprintf("mutant %s breaks everything: no claim passed, so that its death proves nothing", mutant.ID))
		}
	}
	for _, c := range m.Decorations() {
		out = append(out, fmt.Sprintf("claim %s is a decoration: it failed on no mutant", c))
	}
	return out
}

// Badge is the matrix in one line.
func (m Matrix) Badge() string { return m.KilledWords() + "; " + m.ClaimsWords() }

// KilledWords count the mutants that are killed.
func (m Matrix) KilledWords() string {
	killed := 0
	for _, mutant := range m.Mutants {
		if len(mutant.KilledBy) > 0 {
			killed++
		}
	}
	return fmt.Sprintf("%d of %d mutants killed", killed, len(m.Mutants))
}

// ClaimsWords count the claims that kill one.
func (m Matrix) ClaimsWords() string {
	noticing := 0
	for _, c := range m.Claims {
		if m.kills(c) > 0 {
			noticing++
		}
	}
	return fmt.Sprintf("%d of %d claims kill", noticing, len(m.Claims))
}

// String is the matrix for a terminal: a line a mutant, then a line a claim.
func (m Matrix) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, mutant := range m.Mutants {
		fmt.Fprintf(w, "%s\t%s\t%d killed\t%d passed\t%s\n", mutant.ID, mutant.Lane, len(mutant.KilledBy), len(mutant.Passed), mutant.Breaks)
	}
	fmt.Fprintln(w)
	for _, c := range m.Claims {
		if !m.Whole && m.kills(c) == 0 {
			continue // not all mutants were tried: it says nothing
		}
		var by []string
		for _, mutant := range m.Mutants {
			if mutant.Kills(c) {
				by = append(by, mutant.ID)
			}
		}
		fmt.Fprintf(w, "%s\t%d\t%s\n", c, len(by), strings.Join(by, ", "))
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}

// The matrix' names in the folder of reports.
const (
	File     = "kill-matrix.json"
	HTMLFile = "kill-matrix.html"
)

// Save writes the matrix into a folder.
func (m Matrix) Save(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return reports.ReplaceFile(filepath.Join(dir, File), append(data, '\n'))
}

// Load reads the matrix that lies in a folder; nil where there is none that can be read.
func Load(dir string) *Matrix {
	data, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		return nil
	}
	var m Matrix
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	return &m
}
