package claims

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
)

func TestCatalogueIsValid(t *testing.T) {
	NewWithT(t).Expect(claim.Validate(Catalogue)).To(Succeed())
}

func TestClaimsPageIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("../CLAIMS.md")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(Equal(claim.Markdown(Catalogue)), "e2e/CLAIMS.md is not what the declarations say: run `make claims >e2e/CLAIMS.md`")
}

func TestLanesNameClaimsThatExist(t *testing.T) {
	g := NewWithT(t)
	lanes, err := lane.All()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Known(lanes)).To(Succeed())
	for _, l := range []lane.Lane{
		{File: "mine.yaml", Claims: []string{"gate-rachet"}}, {File: "mine.yaml", Informative: map[string]string{"gate-rachet": "why"}},
	} {
		err := Known([]lane.Lane{l})
		g.Expect(err).To(MatchError(`mine.yaml: there is no claim "gate-rachet"; e2e/CLAIMS.md has them all`))
		g.Expect(err).To(MatchError(input.Err))
	}
}
