package conformance

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

// testdata/v1.yaml was written when this was the version.
func TestReportsOfV1AreRead(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("testdata/v1.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	r, err := Validate(data)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.APIVersion).To(Equal("gateproof/v1"))
	g.Expect(r.Result).To(Equal(reports.Failure))
	g.Expect(r.Lanes[0].Statistics).To(Equal(Statistics{Holds: 1, Contradicted: 1, NotApplicable: 1}))
	g.Expect(r.Lanes[0].Claims[3].Verdict).To(Equal(reports.Contradicted))

	for old, says := range map[string]struct{ new, words string }{
		"verdict: passed": {"verdict: holds", "which is no verdict"},
		`kernel: "6.1"`:   {`kernel: "6.2"`, "the report was edited"},
		"failed: 1":       {"failed: 0", "statistics say"},
		"kind: Conf":      {"warnings: [x]\nkind: Conf", `unknown field "warnings"`},
	} {
		text := strings.Replace(string(data), old, says.new, 1)
		g.Expect(text).NotTo(Equal(string(data)), old)
		_, err := Validate([]byte(text))
		g.Expect(err).To(MatchError(ContainSubstring(says.words)), old)
	}
}
