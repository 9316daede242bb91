package html

import (
	"fmt"
	"io"
	"slices"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/kill"
)

// killPage is the kill matrix on a page of its own.
type killPage struct {
	head
	Verdict  verdict
	Problems []string
	Guards   guards
	Mutants  []mutant
	Columns  []column
	Rows     []killRow
}

// guards are the claims, each with what it kills.
type guards struct {
	Badge string
	Rows  []guard
}

type guard struct {
	Claim string
	Kills []column
}

// mutant is a cluster broken on purpose.
type mutant struct {
	kill.Mutant
	Number int
	Words  []kill.Kill // what the claims that contradict said
	Unseen []kill.Kill // and those that could not look
}

// column is a mutant where there is no room for more.
type column struct {
	Number     int
	ID, Breaks string
}

type killRow struct {
	Claim string
	Cells []killCell
}

// killCell is what a claim made of a mutant. Without a mark it did not meet it.
type killCell struct{ Class, Mark, Word string }

// RenderKills writes the kill matrix as a page.
func RenderKills(w io.Writer, m kill.Matrix) error {
	p := killPage{
		Problems: m.Problems(), Guards: guardsOf(m), Columns: columnsOf(m),
		Verdict: verdict{
			Sign: "holds", Word: m.KilledWords(), Meaning: "Clusters broken on purpose, each in one way:",
			Totals: m.ClaimsWords(), Circumstances: when(m.Started) + " · " + took(m.Duration) + " · suite " + m.SuiteVersion,
		},
	}
	if len(p.Problems) > 0 {
		p.Verdict.Sign = "contradicted"
	}
	for i, x := range m.Mutants {
		one := mutant{Mutant: x, Number: i + 1}
		one.Words, one.Unseen = printable(x.KilledBy), printable(x.Unobserved)
		p.Mutants = append(p.Mutants, one)
	}
	for _, claim := range m.Claims {
		row := killRow{Claim: claim}
		for _, x := range m.Mutants {
			row.Cells = append(row.Cells, killCellOf(x, claim))
		}
		p.Rows = append(p.Rows, row)
	}
	p.head = headOf("gateproof: "+m.Badge(), p.Verdict.Meaning+" "+m.Badge())
	return execute(w, "kill.html", p)
}

func printable(kills []kill.Kill) (out []kill.Kill) {
	for _, k := range kills {
		out = append(out, kill.Kill{Claim: k.Claim, Headline: reports.Printable(k.Headline)})
	}
	return out
}

func killCellOf(m kill.Mutant, claim string) killCell {
	switch {
	case m.Kills(claim):
		return killCell{"no", "✕", "contradicts"}
	case slices.Contains(m.Held, claim):
		return killCell{"yes", "✓", "holds"}
	case slices.ContainsFunc(m.Unobserved, func(k kill.Kill) bool { return k.Claim == claim }):
		return killCell{"unseen", "○", "not observed"}
	}
	return killCell{}
}

func columnsOf(m kill.Matrix) (out []column) {
	for i, x := range m.Mutants {
		out = append(out, column{i + 1, x.ID, x.Breaks})
	}
	return out
}

func guardsOf(m kill.Matrix) guards {
	g := guards{Badge: fmt.Sprintf("%s (suite %s, %s)", m.Badge(), m.SuiteVersion, when(m.Started))}
	for _, claim := range m.Claims {
		row := guard{Claim: claim}
		for i, x := range m.Mutants {
			if x.Kills(claim) {
				row.Kills = append(row.Kills, column{i + 1, x.ID, x.Breaks})
			}
		}
		if len(row.Kills) > 0 || m.Whole {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}
