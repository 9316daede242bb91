package history

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
)

func save(t *testing.T, dir, name, suite string, minute int, verdict reports.Verdict) {
	t.Helper()
	r := reports.Result{Claim: "hup", Kind: reports.Conformance, Verdict: verdict, Duration: time.Duration(minute) * time.Second}
	if verdict == reports.Contradicted {
		r.Failure = "wrong in " + name
	}
	run := reports.Run{SuiteVersion: suite, Started: time.Date(2026, 1, 1, 0, minute, 0, 0, time.UTC),
		Lanes: []reports.Lane{{Name: "on", Facts: map[string]string{"node image id": "x"}, Results: []reports.Result{r}}}}
	if err := run.Save(filepath.Join(dir, name, reports.RunFile)); err != nil {
		t.Fatal(err)
	}
}

func TestHistory(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	holds, contradicted := reports.Holds, reports.Contradicted
	save(t, dir, "d", "v2", 4, contradicted)
	save(t, dir, "a", "v1", 1, holds)
	save(t, dir, "c", "v2", 3, contradicted)
	save(t, dir, "b", "v1", 2, holds)
	save(t, dir, "na", "v2", 5, reports.NotApplicable)
	g.Expect(os.MkdirAll(filepath.Join(dir, "x"), 0o755)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(dir, "x", reports.RunFile), []byte("{"), 0o644)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(dir, "x", "report.json"), []byte("{}"), 0o644)).To(Succeed())

	h, err := Read(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.Runs).To(HaveLen(5))
	g.Expect(h.Broken).To(HaveExactElements(ContainSubstring("x/run.json")))
	g.Expect(h.Claims).To(HaveExactElements(Claim{
		Lane: "on", ID: "hup", Verdicts: []reports.Verdict{holds, holds, contradicted, contradicted, reports.NotApplicable},
		FlakeRate: 0, FirstBad: filepath.Join(dir, "c", reports.RunFile), Failure: "hup: wrong in c", MedianSeconds: 3,
	}), "between suite versions a change is no flake")
	g.Expect(h.String()).To(And(ContainSubstring("..FF-"), ContainSubstring("on hup is contradicted since ")))

	save(t, dir, "e", "v2", 6, holds)
	save(t, dir, "f", "v2", 7, contradicted)
	save(t, dir, "g", "v2", 8, holds)
	h, err = Read(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.Claims[0].FlakeRate).To(Equal(0.6), "of five neighbours of one suite version three differ")
	g.Expect(h.Claims[0].FirstBad).To(BeEmpty(), "it holds now")

	save(t, dir, "h", "v2", 9, reports.NotObserved)
	save(t, dir, "i", "v2", 10, holds)
	h, err = Read(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(h.Claims[0].FlakeRate).To(Equal(0.5), "not to see a claim for a while is no flake")
	g.Expect(h.String()).To(And(ContainSubstring("o not observed"), ContainSubstring("..FF-.F.o.")))

	_, err = Read(t.TempDir())
	g.Expect(err).To(MatchError(ContainSubstring("there is no run below")))
}
