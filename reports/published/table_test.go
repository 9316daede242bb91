package published

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
)

// The table in the repository is the one that follows from the reports in the repository.
func TestTheTableIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	r, err := Load(os.DirFS("."))
	g.Expect(err).NotTo(HaveOccurred())
	page, err := os.ReadFile("../COMPATIBILITY.md")
	if len(r.Entries) == 0 {
		g.Expect(err).To(MatchError(os.ErrNotExist), "a table without results")
		return
	}
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(Equal(r.Table()), "reports/COMPATIBILITY.md is what `gateproof report table` prints")
}
