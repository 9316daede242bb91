package incluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestWhatFitsIsCollected(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	for name, size := range map[string]int{reports.ReportYAML: 10, reports.SummaryFile: 10, "junit_a_01.xml": roomFor, "junit_b_01.xml": 10, "run.json": 10} {
		g.Expect(os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("x", size)), 0o600)).To(Succeed())
	}
	data, err := collect(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(data).To(HaveLen(3))
	g.Expect(data).To(HaveKey("junit_b_01.xml"))
}
