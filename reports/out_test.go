package reports_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestOutDirs(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("ARTIFACTS", "")
	g.Expect(reports.OutDirs("/repo")).To(Equal([]string{"/repo/reports/out"}))
	t.Setenv("ARTIFACTS", "/logs/artifacts")
	g.Expect(reports.OutDirs("/repo")).To(Equal([]string{"/repo/reports/out", "/logs/artifacts"}))
	t.Setenv("ARTIFACTS", "/repo/reports/out/")
	g.Expect(reports.OutDirs("/repo")).To(HaveLen(1))
}

func TestClean(t *testing.T) {
	g := NewWithT(t)
	root := t.TempDir()
	g.Expect(reports.Clean(root)).To(Succeed(), "nothing to clean")
	out := reports.Out(root)
	g.Expect(os.MkdirAll(filepath.Join(out, "junit_folder_01.xml"), 0o755)).To(Succeed())
	for _, name := range []string{"junit_v1.16.15-off_01.xml", "junit_infrastructure_01.xml", "junit_other.xml", "notes.txt", reports.RunFile} {
		g.Expect(os.WriteFile(filepath.Join(out, name), nil, 0o600)).To(Succeed())
	}
	g.Expect(reports.Clean(root)).To(Succeed())
	var left []string
	entries, _ := os.ReadDir(out)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	g.Expect(left).To(ConsistOf("junit_folder_01.xml", "junit_other.xml", "notes.txt"))
}
