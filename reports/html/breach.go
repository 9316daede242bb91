package html

import (
	"slices"

	"github.com/gateproof/gateproof/reports"
)

// breach is something that the page says and a cluster does not keep, and how many more lines of the same terminal it does not keep either.
type breach struct {
	part
	More int
}

// breaches are what clusters do not keep, sentences before what illustrates them, as a terminal of twenty lines does.
func breaches(blocks []block) (out []breach) {
	var shown []breach
	for _, b := range blocks {
		broken := slices.DeleteFunc(slices.Clone(b.Parts), func(p part) bool { return p.Sign != string(reports.Contradicted) })
		switch b.Form {
		case "paragraph", "item":
			for _, p := range broken {
				out = append(out, breach{p, 0})
			}
		default:
			if len(broken) > 0 {
				shown = append(shown, breach{broken[0], len(broken) - 1})
			}
		}
	}
	return append(out, shown...)
}
