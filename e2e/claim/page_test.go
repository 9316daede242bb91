package claim

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/page"
)

func TestEachSentenceHasOneDecision(t *testing.T) {
	says := func(units ...page.Unit) page.Page { return page.Page{Units: units} }
	claims := []Group{{Name: "g", Claims: []Claim{{ID: "a", Page: []string{"one"}}}}}
	for name, c := range map[string]struct {
		page page.Page
		says string
	}{
		"proved":                      {page: says(page.Unit{Kind: page.Sentence, ID: "one"})},
		"untestable, with the reason": {page: says(page.Unit{Kind: page.Sentence, ID: "one"}, page.Unit{Kind: page.Heading, ID: "two", Untestable: "a heading"})},
		"undecided":                   {says(page.Unit{Kind: page.Sentence, ID: "one"}, page.Unit{Kind: page.Sentence, ID: "two", Text: "So it is."}), `two, "So it is.": no claim proves it`},
		"both":                        {says(page.Unit{Kind: page.Sentence, ID: "one", Untestable: "so"}), "cannot be tested"},
		"a claim's word":              {says(page.Unit{Kind: page.Sentence, ID: "other"}), `claim a: the page has no "one"`},
		"refuted by none":             {says(page.Unit{Kind: page.Sentence, ID: "one", Refuted: page.Refuted{By: []string{"b"}, Because: "so"}}), "which is no claim"},
	} {
		t.Run(name, func(t *testing.T) {
			err := decided(c.page, claims)
			if c.says == "" {
				NewWithT(t).Expect(err).NotTo(HaveOccurred())
				return
			}
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.says)))
		})
	}
}

func TestAClaimIsPromised(t *testing.T) {
	g := NewWithT(t)
	side := Side{Observe: "x"}
	g.Expect(Validate([]Group{{Claims: []Claim{{ID: "a", Title: "t", Kind: Conformance, Shared: side, Isolated: side}}}})).To(MatchError(ContainSubstring("nobody promises it")))
	g.Expect(Validate([]Group{{Claims: []Claim{{ID: "a", Title: "t", Promise: Promise{Text: "x"}, Kind: Conformance, Shared: side, Isolated: side}}}})).To(MatchError(ContainSubstring("its document")))
}
