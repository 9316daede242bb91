package html_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/conformance"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/published"
)

// results are a report that holds and one that doesn't, of which upstream speaks.
func results(t *testing.T) published.Results {
	t.Helper()
	of := func(version, runtime string, run reports.Run) published.Entry {
		run.Lanes = run.Lanes[:1]
		run.Lanes[0].Version = version
		run.Lanes[0].Facts["oci runtime"], run.Lanes[0].Facts["container runtime"], run.Lanes[0].Facts["cgroup version"] = runtime+" 1.1", "containerd://2.0", "2"
		report, err := conformance.From(run)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		return published.Entry{Version: version, Runtime: runtime, Report: report}
	}
	return published.Results{
		Entries: []published.Entry{of("v1.16.15", "runc", holding()), of("v1.37.0", "runsc", failing())},
		Threads: []published.Thread{{Claim: "hup-restarts-worker", Runtime: "runsc", At: "https://issues.example/1", Says: "one namespace for a container"}},
	}
}

func publishedPage(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	NewWithT(t).Expect(html.RenderPublished(&b, results(t), made)).To(Succeed())
	return b.String()
}

func startPage(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	g := NewWithT(t)
	g.Expect(html.Site{Of: documentation(), Run: holding(), Gate: []byte("{}"), Made: made}.Write(dir)).To(Succeed())
	text, err := os.ReadFile(filepath.Join(dir, "index.html"))
	g.Expect(err).NotTo(HaveOccurred())
	return string(text)
}

var made = time.Date(2026, 1, 9, 0, 0, 0, 0, time.UTC)

func TestASiteLeadsNowhereElse(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(html.Site{Of: documentation(), Run: failing(), Published: results(t), Gate: []byte("{}"), Made: made}.Write(dir)).To(Succeed())
	var size int64
	g.Expect(filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if info, infoErr := e.Info(); infoErr == nil && !e.IsDir() {
			size += info.Size()
		}
		return err
	})).To(Succeed())
	g.Expect(size).To(BeNumerically("<", 2<<20))
	wholeLinks(g, dir)
	start, err := os.ReadFile(filepath.Join(dir, "index.html"))
	g.Expect(err).NotTo(HaveOccurred())
	p := open(t, string(start))
	files := get[[]string](p, `[...document.querySelectorAll(".leaves a")].map((a) => a.getAttribute("href"))`)
	g.Expect(files).To(Equal([]string{"page.html", "run.html", "compatibility.html", "gate.json"}), "no matrices were made")
	for _, file := range files {
		g.Expect(filepath.Join(dir, file)).To(BeAnExistingFile())
	}
}

var (
	href = regexp.MustCompile(`href="([^"]*)"`)
	ids  = regexp.MustCompile(`id="([^"]*)"`)
)

// wholeLinks wants each link to a file of the site, and to a place in one, to lead there.
func wholeLinks(g Gomega, dir string) {
	places := map[string]map[string]bool{}
	texts := map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	g.Expect(err).NotTo(HaveOccurred())
	for _, path := range files {
		text, err := os.ReadFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		name := filepath.Base(path)
		texts[name], places[name] = string(text), map[string]bool{"": true}
		for _, m := range ids.FindAllStringSubmatch(string(text), -1) {
			places[name][m[1]] = true
		}
	}
	followed := 0
	for name, text := range texts {
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			file, place, _ := strings.Cut(m[1], "#")
			if file == "" {
				file = name
			}
			g.Expect(places).To(HaveKey(file), "%s: %s", name, m[1])
			g.Expect(places[file]).To(HaveKey(place), "%s: %s", name, m[1])
			followed++
		}
	}
	g.Expect(followed).To(BeNumerically(">", 10))
}

func TestPublishedResultsNameUpstreamAndTheirAge(t *testing.T) {
	g := NewWithT(t)
	p := open(t, publishedPage(t))
	g.Expect(get[string](p, `document.querySelector('td a[href="https://issues.example/1"]').parentElement.textContent`)).To(ContainSubstring("one namespace for a container"))
	g.Expect(get[string](p, `document.body.textContent`)).To(ContainSubstring("6 days old"))
}
