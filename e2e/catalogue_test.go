package e2e

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
)

func TestCatalogueIsValid(t *testing.T) {
	NewWithT(t).Expect(claim.Validate(Catalogue)).To(Succeed())
}

func TestClaimsPageIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("CLAIMS.md")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(Equal(claim.Markdown(Catalogue)), "e2e/CLAIMS.md is not what the declarations say: run `make claims >e2e/CLAIMS.md`")
}
