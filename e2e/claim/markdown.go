package claim

import (
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/e2e/page"
)

// Markdown renders the catalogue for readers: one table a group.
func Markdown(groups []Group) string {
	var b strings.Builder
	b.WriteString("# Claims\n\nWhat the suite proves, generated from the declarations by `make claims`. C: conformance, a failure fails the gate. I: informative, measured and reported. Where a cluster has several nodes, each is asked, unless one is enough.\n")
	of, _ := page.Load() // Validate has seen that it can be
	for _, g := range groups {
		fmt.Fprintf(&b, "\n## %s: %s\n\n| id | | claim | promised by | seen where processes are shared | seen where they are isolated |\n|---|---|---|---|---|---|\n", g.Name, g.About)
		for _, c := range g.Claims {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", c.ID, strings.ToUpper(string(c.Kind[:1])), cell(c.Title+c.Nodes.words()+c.informs()), cell(c.promised(of)+c.Where.words()), c.Shared.cell(), c.Isolated.cell())
		}
	}
	return b.String()
}

func (w *Where) words() string {
	if w == nil {
		return ""
	}
	return "; observed where " + w.Words
}

func (c Claim) informs() string {
	if c.Informs == "" {
		return ""
	}
	return "; it decides nothing: " + c.Informs
}

func (n Nodes) words() string {
	if n == OneNode {
		return " (one node is enough)"
	}
	return ""
}

func (s Side) cell() string {
	text := s.Observe
	if s.Check == nil {
		text = "not applicable: " + text
	} else if s.NeedsNode > lab.NoAccess {
		text += " (on the node" + map[lab.Access]string{lab.Own: ", one of the suite's own"}[s.NeedsNode] + ")"
	}
	return cell(text)
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
