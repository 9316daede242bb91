package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/e2e/page"
)

// says are the page's units that the claim is about.
func (c Claim) says(p page.Page) ([]page.Unit, error) {
	var out []page.Unit
	for _, word := range c.Page {
		units, err := p.Matching(word)
		if err != nil {
			return nil, fmt.Errorf("claim %s: %w", c.ID, err)
		}
		out = append(out, units...)
	}
	return out, nil
}

// Proving are the ids of the claims that prove each of the page's units, by its id.
func Proving(p page.Page, groups []Group) (map[string][]string, error) {
	out := map[string][]string{}
	for _, g := range groups {
		for _, c := range g.Claims {
			units, err := c.says(p)
			if err != nil {
				return nil, err
			}
			for _, u := range units {
				out[u.ID] = append(out[u.ID], c.ID)
			}
		}
	}
	return out, nil
}

// decided finds a unit of the page about which nobody has decided, or on which two decisions differ.
func decided(p page.Page, groups []Group) error {
	proving, err := Proving(p, groups)
	if err != nil {
		return err
	}
	known := func(id string) bool {
		return slices.ContainsFunc(groups, func(g Group) bool {
			return slices.ContainsFunc(g.Claims, func(c Claim) bool { return c.ID == id })
		})
	}
	for _, u := range p.Units {
		switch by := proving[u.ID]; {
		case u.Kind == page.Markup:
		case u.Untestable != "" && by != nil:
			return fmt.Errorf("the page's %s cannot be tested (%s), and %q prove it", u.ID, u.Untestable, by)
		case u.Untestable == "" && by == nil:
			return fmt.Errorf("the page's %s, %q: no claim proves it, and no reason is given", u.ID, u.Text)
		}
		for _, id := range u.Refuted.By {
			switch {
			case !known(id):
				return fmt.Errorf("the page's %s is refuted by %s, which is no claim", u.ID, id)
			case !slices.Contains(proving[u.ID], id):
				return fmt.Errorf("the page's %s is refuted by %s, which does not say that it is about it", u.ID, id)
			}
		}
	}
	return nil
}

// promised is who promises the claim, in words.
func (c Claim) promised(p page.Page) string {
	var words []string
	units, _ := c.says(p) // Validate has seen that they are there
	for _, u := range units {
		words = append(words, u.Plain())
	}
	var all []string
	if words != nil {
		all = append(all, "“"+strings.Join(words, " / ")+"”")
	}
	if c.Promise.Text != "" {
		all = append(all, c.Promise.From+": "+c.Promise.Text)
	}
	return strings.Join(all, "; ")
}
