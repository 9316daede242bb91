package nodes

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"

	"github.com/gateproof/gateproof/clusters/input"
)

// The words of NODES that are neither a selector nor names.
const (
	EachKind = "each-kind" // one node of each kind
	All      = "all"
	Any      = "any" // wherever the scheduler puts pods
)

// Choice is what NODES asks for.
type Choice struct {
	Asked    string          // as given; EachKind where nothing was
	Selector labels.Selector // nil where it is none
	Names    []string        // nil where it is none
}

// ParseChoice reads NODES: each-kind, all, any, a label selector, or names with commas between them. What has a sign that only selectors have is one.
// The error is input.Err.
func ParseChoice(text string) (Choice, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Choice{Asked: EachKind}, nil
	case text == EachKind, text == All, text == Any:
		return Choice{Asked: text}, nil
	case strings.ContainsAny(text, "=!() "):
		selector, err := labels.Parse(text)
		if err != nil {
			return Choice{}, input.Errorf("%s=%s is no label selector, as pool=fast,!spot is one: %w", input.Name("NODES"), text, err)
		}
		return Choice{Asked: text, Selector: selector}, nil
	}
	c := Choice{Asked: text}
	for _, name := range strings.Split(text, ",") {
		switch {
		case name == "", name == EachKind, name == All, name == Any:
			return Choice{}, input.Errorf("%s=%s: allowed: %s, %s, %s, a label selector, as pool=fast, or nodes' names with commas between them", input.Name("NODES"), text, EachKind, All, Any)
		case slices.Contains(c.Names, name):
			return Choice{}, input.Errorf("%s=%s names %s twice", input.Name("NODES"), text, name)
		}
		c.Names = append(c.Names, name)
	}
	return c, nil
}

// Explicit says that somebody chose certain nodes.
func (c Choice) Explicit() bool { return c.Selector != nil || c.Names != nil }
