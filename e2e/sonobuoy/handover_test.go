package sonobuoy

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhatTheJobLeavesIsHandedOver(t *testing.T) {
	g := NewWithT(t)
	reports, results := t.TempDir(), filepath.Join(t.TempDir(), "results")
	g.Expect(os.WriteFile(filepath.Join(reports, "junit_existing_01.xml"), []byte("<testsuites/>"), 0o644)).To(Succeed())
	g.Expect(handOver(reports, results)).To(Succeed())
	g.Expect(contents(t, results)).To(Equal(map[string]string{"junit_existing_01.xml": "<testsuites/>"}))
}

// Sonobuoy waits for the file done, also where the job could not even begin.
func TestAJobThatCannotBeginIsHandedOverToo(t *testing.T) {
	g := NewWithT(t)
	results := t.TempDir()
	g.Expect(plugin(filepath.Join(results, "no", "such", "program"), results)).NotTo(Succeed())
	g.Expect(contents(t, results)).To(BeEmpty())
}

func contents(t *testing.T, results string) map[string]string {
	t.Helper()
	g := NewWithT(t)
	path, err := os.ReadFile(filepath.Join(results, "done"))
	g.Expect(err).NotTo(HaveOccurred())
	f, err := os.Open(string(path))
	g.Expect(err).NotTo(HaveOccurred())
	defer f.Close()
	gz, err := gzip.NewReader(f)
	g.Expect(err).NotTo(HaveOccurred())
	out := map[string]string{}
	for r := tar.NewReader(gz); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		g.Expect(err).NotTo(HaveOccurred())
		data, err := io.ReadAll(r)
		g.Expect(err).NotTo(HaveOccurred())
		out[h.Name] = string(data)
	}
}
