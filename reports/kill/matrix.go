// Package kill is the kill matrix: which claims contradict which clusters broken on purpose.
package kill

import (
	"fmt"
	"slices"
	"strings"
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
	ID         string        `json:"id"`
	Breaks     string        `json:"breaks"`
	Why        string        `json:"why"`
	Component  string        `json:"component"`
	Lane       string        `json:"lane"`
	Node       string        `json:"node,omitempty"`       // the one of the lane's that is broken; "" for the cluster
	MustKill   []string      `json:"mustKill,omitempty"`   // the claims that have to contradict it
	MustSpare  []string      `json:"mustSpare,omitempty"`  // the claims that have to hold on it
	KilledBy   []Kill        `json:"killedBy"`             // the claims that contradict
	Unobserved []Kill        `json:"unobserved,omitempty"` // those that could not look: that may have any reason, and is no kill
	Held       []string      `json:"held"`                 // those that did not notice
	Elsewhere  []Kill        `json:"elsewhere,omitempty"`  // what was said otherwise than that they hold, of nodes that are not broken
	Problem    string        `json:"problem,omitempty"`
	Duration   time.Duration `json:"durationNanoseconds"`
}

// Kill is what a claim said of a mutant, in one line.
type Kill struct {
	Claim    string `json:"claim"`
	Headline string `json:"headline"`
}

// Take notes what a run against the mutant came to.
func (m *Mutant) Take(run reports.Run) {
	m.Duration = run.Duration
	for _, p := range run.Troubles() {
		m.Problem = p.String()
	}
	for _, l := range run.Lanes {
		for _, r := range l.Results {
			if m.Node != "" && r.Node != m.Node {
				m.elsewhere(r)
				continue
			}
			switch r.Verdict {
			case reports.Contradicted:
				m.KilledBy = append(m.KilledBy, Kill{r.Claim, reports.Headline(r)})
			case reports.NotObserved:
				m.Unobserved = append(m.Unobserved, Kill{r.Claim, reports.Headline(r)})
			case reports.Holds:
				m.Held = append(m.Held, r.Claim)
			}
		}
	}
}

// elsewhere notes what was said of a node that is not broken.
func (m *Mutant) elsewhere(r reports.Result) {
	if r.Verdict == reports.Contradicted || r.Verdict == reports.NotObserved {
		m.Elsewhere = append(m.Elsewhere, Kill{r.Claim, reports.Headline(r)})
	}
}

// Where is the lane, and the node of it that is broken.
func (m Mutant) Where() string {
	if m.Node == "" {
		return m.Lane
	}
	return m.Lane + ", " + m.Node
}

// nameless are the contradictions of a node whose first words do not name it.
func (m Mutant) nameless() (out []string) {
	for _, k := range m.KilledBy {
		if first := []rune(k.Headline); m.Node != "" && !strings.Contains(string(first[:min(len(first), firstWords)]), m.Node) {
			out = append(out, k.Headline)
		}
	}
	return out
}

// firstWords are as many characters as every list of failures shows.
const firstWords = 70

// Survived says that no claim contradicts.
func (m Mutant) Survived() bool { return m.Problem == "" && len(m.KilledBy) == 0 }

// Crude says that nothing works any more, so that its death proves nothing of any claim.
func (m Mutant) Crude() bool { return len(m.KilledBy) > 0 && len(m.Held) == 0 }

// blind are the claims that had to contradict, and hold or were not met.
func (m Mutant) blind() (out []string) {
	for _, claim := range m.MustKill {
		if !m.Kills(claim) && m.unobserved(claim) == "" {
			out = append(out, claim)
		}
	}
	return out
}

// helpless are the claims that had to contradict and could not look, in their words.
func (m Mutant) helpless() (out []string) {
	for _, claim := range m.MustKill {
		if said := m.unobserved(claim); said != "" && !m.Kills(claim) {
			out = append(out, said)
		}
	}
	return out
}

// unobserved is what the claim said when it could not look; "" where it could.
func (m Mutant) unobserved(claim string) string {
	i := slices.IndexFunc(m.Unobserved, func(k Kill) bool { return k.Claim == claim })
	if i < 0 {
		return ""
	}
	return m.Unobserved[i].Headline
}

// hit are the claims that had to hold and did not.
func (m Mutant) hit() (out []string) {
	for _, claim := range m.MustSpare {
		if !slices.Contains(m.Held, claim) {
			out = append(out, claim)
		}
	}
	return out
}

// Kills says that the claim contradicts the mutant.
func (m Mutant) Kills(claim string) bool {
	return slices.ContainsFunc(m.KilledBy, func(k Kill) bool { return k.Claim == claim })
}

// Decorations are the claims that contradict no mutant. They are known only of a whole matrix.
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
		case len(mutant.helpless()) > 0:
			out = append(out, fmt.Sprintf("mutant %s: the claim that should contradict could not look: %s", mutant.ID, strings.Join(mutant.helpless(), "; ")))
		case mutant.Survived():
			out = append(out, fmt.Sprintf("mutant %s survived: %s, and no claim noticed", mutant.ID, mutant.Breaks))
		case len(mutant.blind()) > 0:
			out = append(out, fmt.Sprintf("mutant %s: %s, and %s did not notice", mutant.ID, mutant.Breaks, strings.Join(mutant.blind(), ", ")))
		case len(mutant.hit()) > 0:
			out = append(out, fmt.Sprintf("mutant %s breaks more than it says: %s did not hold", mutant.ID, strings.Join(mutant.hit(), ", ")))
		case len(mutant.Elsewhere) > 0:
			out = append(out, fmt.Sprintf("mutant %s breaks node %s alone, and of another one it was said: %s", mutant.ID, mutant.Node, mutant.Elsewhere[0].Headline))
		case len(mutant.nameless()) > 0:
			out = append(out, fmt.Sprintf("mutant %s breaks node %s, which the contradiction does not name at once: %s", mutant.ID, mutant.Node, mutant.nameless()[0]))
		case mutant.Crude():
			out = append(out, fmt.Sprintf("mutant %s breaks everything: no claim holds, so that its death proves nothing", mutant.ID))
		}
	}
	for _, c := range m.Decorations() {
		out = append(out, fmt.Sprintf("claim %s is a decoration: it contradicts no mutant", c))
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
