package html

import (
	"fmt"
	"io"
	"slices"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
)

// benignPage is the benign matrix on a page of its own.
type benignPage struct {
	head
	Verdict  verdict
	Problems []string
	Variants []variant
	Columns  []column
	Rows     []killRow
	Left     []benign.Variant // what was not tried here
}

// variant is a healthy cluster of another habit.
type variant struct {
	benign.Variant
	Number              int
	Mark, Sign          string
	Accusing, NotSeeing []string // in the claims' words
}

// peace is the benign matrix beside a run's claims.
type peace struct {
	Badge string
	Rows  []variant
}

// RenderBenign writes the benign matrix as a page.
func RenderBenign(w io.Writer, m benign.Matrix) error {
	p := benignPage{Variants: variantsOf(m), Problems: printables(m.Problems())}
	p.Verdict = verdict{
		Sign: string(reports.Holds), Word: m.Badge(), Meaning: "Healthy clusters of other habits, which no claim may accuse:",
		Totals: fmt.Sprintf("%d problems", len(p.Problems)), Circumstances: when(m.Started) + " · " + took(m.Duration) + " · suite " + m.SuiteVersion,
	}
	if len(p.Problems) > 0 {
		p.Verdict.Sign = string(reports.Contradicted)
	}
	for _, v := range p.Variants {
		p.Columns = append(p.Columns, column{v.Number, v.ID, v.Habit})
	}
	for _, v := range m.Variants {
		if v.Left != "" {
			p.Left = append(p.Left, v)
		}
	}
	for _, claim := range m.Claims {
		row := killRow{Claim: claim}
		for _, v := range p.Variants {
			row.Cells = append(row.Cells, benignCellOf(v.Variant, claim))
		}
		p.Rows = append(p.Rows, row)
	}
	p.head = headOf("gateproof: "+m.Badge(), p.Verdict.Meaning+" "+m.Badge())
	return execute(w, "benign.html", p)
}

// variantsOf are the ones that were tried.
func variantsOf(m benign.Matrix) (out []variant) {
	for _, v := range m.Variants {
		if v.Left != "" {
			continue
		}
		one := variant{Variant: v, Number: len(out) + 1, Mark: "in peace", Sign: string(reports.Holds)}
		v.InForce, v.Problem = reports.Printable(v.InForce), reports.Printable(v.Problem)
		one.Variant = v
		switch {
		case len(v.Accusations()) > 0:
			one.Mark, one.Sign = "accused", string(reports.Contradicted)
		case !v.InPeace():
			one.Mark, one.Sign = "no proof", string(reports.NotRun)
		}
		one.Accusing, one.NotSeeing = words(v.Accused), words(v.Unobserved)
		out = append(out, one)
	}
	return out
}

// words are the sayings' headlines; those that decide nothing say so.
func words(sayings []benign.Saying) (out []string) {
	for _, s := range sayings {
		line := reports.Printable(s.Headline)
		if s.Informative {
			line += " (informative, does not decide)"
		}
		out = append(out, line)
	}
	return out
}

func printables(lines []string) (out []string) {
	for _, l := range lines {
		out = append(out, reports.Printable(l))
	}
	return out
}

func benignCellOf(v benign.Variant, claim string) killCell {
	said := func(s benign.Saying) bool { return s.Claim == claim }
	switch {
	case slices.ContainsFunc(v.Accused, said):
		return killCell{"accused", "✕", "contradicted"}
	case slices.ContainsFunc(v.Unobserved, said):
		return killCell{"unseen", "○", "not observed"}
	case slices.Contains(v.Held, claim):
		return killCell{"yes", "✓", "holds"}
	}
	return killCell{}
}

func peaceOf(m benign.Matrix) peace {
	return peace{fmt.Sprintf("%s (suite %s, %s)", m.Badge(), m.SuiteVersion, when(m.Started)), variantsOf(m)}
}
