package reports_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func TestWhereReportsGo(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("ARTIFACTS", "")
	root := t.TempDir()
	t.Chdir(root)
	g.Expect(reports.OutDirs()).To(Equal([]string{"gateproof-reports"}), "nobody's folder")
	g.Expect(os.WriteFile("go.mod", []byte("module example.com/other\n"), 0o600)).To(Succeed())
	g.Expect(reports.Out()).To(Equal("gateproof-reports"), "another repository")
	g.Expect(os.WriteFile("go.mod", []byte("module github.com/gateproof/gateproof\n\ngo 1.26\n"), 0o600)).To(Succeed())
	g.Expect(os.MkdirAll("e2e/lab", 0o755)).To(Succeed())
	t.Chdir("e2e/lab")
	own := filepath.Join(reports.Repository(), "reports", "out")
	g.Expect(filepath.EvalSymlinks(reports.Repository())).To(Equal(must(filepath.EvalSymlinks(root))))
	g.Expect(reports.OutDirs()).To(Equal([]string{own}))
	t.Setenv("ARTIFACTS", "/logs/artifacts")
	g.Expect(reports.OutDirs()).To(Equal([]string{own, "/logs/artifacts"}))
	t.Setenv("ARTIFACTS", own+"/")
	g.Expect(reports.OutDirs()).To(HaveLen(1))
	t.Setenv(reports.DirEnv, "/mine")
	g.Expect(reports.Out()).To(Equal("/mine"))
}

func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}

func TestClean(t *testing.T) {
	g := NewWithT(t)
	out := filepath.Join(t.TempDir(), "out")
	t.Setenv(reports.DirEnv, out)
	g.Expect(reports.Clean()).To(Succeed(), "nothing to clean")
	g.Expect(os.MkdirAll(filepath.Join(out, "junit_folder_01.xml"), 0o755)).To(Succeed())
	for _, name := range []string{"junit_v1.16.15-off_01.xml", "junit_infrastructure_01.xml", "junit_other.xml", "notes.txt", reports.RunFile} {
		g.Expect(os.WriteFile(filepath.Join(out, name), nil, 0o600)).To(Succeed())
	}
	g.Expect(reports.Clean()).To(Succeed())
	var left []string
	entries, _ := os.ReadDir(out)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	g.Expect(left).To(ConsistOf("junit_folder_01.xml", "junit_other.xml", "notes.txt"))
}
