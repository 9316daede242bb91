package benign

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/gateproof/gateproof/clusters"
)

// Shown is what shows that the variant is in force, in the words of whoever said it; "" where nothing does. look are the lines of the
// run's own first look, did is what the change says that it has done.
func (v Variant) Shown(ctx context.Context, look []string, did string, n *clusters.Node) string {
	if v.InForce.Look != "" {
		pattern := regexp.MustCompile(v.InForce.Look) // validated
		for _, line := range look {
			if pattern.MatchString(line) {
				return "look: " + line
			}
		}
	}
	if v.InForce.Did != "" && regexp.MustCompile(v.InForce.Did).MatchString(did) {
		return did
	}
	if v.InForce.Node != "" {
		said, err := n.Exec(ctx, "bash", "-euc", v.InForce.Node)
		if err == nil {
			return "node: " + strings.Join(strings.Fields(said), " ")
		}
	}
	return ""
}

// Missing says why the variant cannot be tried on the machine, "" where it can.
func (v Variant) Missing(ctx context.Context, n *clusters.Node) (string, error) {
	if v.Needs == nil {
		return "", nil
	}
	// The answer is a word, so that an engine that does not answer is no answer.
	said, err := n.Exec(ctx, "sh", "-c", "if ("+v.Needs.Shell+"); then echo there; fi")
	if err != nil {
		return "", fmt.Errorf("variant %s: what it needs: %w", v.ID, err)
	}
	if strings.TrimSpace(said) == "there" {
		return "", nil
	}
	return v.Needs.Else, nil
}
