package e2e_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/settings"
)

// needsNoCluster are commands of the docs that are run here, as written. Those that prove claims on lanes are run dry. The
// others are checked by their words, and `.ci/run` runs the main ones.
var needsNoCluster = map[string]bool{"make help": true, "make lanes": true, "make claims": true}

// elsewhere are programs and words of the docs' commands that the machine of the tests need not have; the command gateproof has a test of its own.
var elsewhere = []string{"export", "cd", "gateproof", "kubectl", "kind", "act"}

var (
	shBlock    = regexp.MustCompile("(?s)```sh\n(.*?)```")
	makeTarget = regexp.MustCompile(`(?m)^([a-z0-9-]+):.*## `)
	savedFile  = regexp.MustCompile("(?s)saved as `([^`]+)`:\n\n```yaml\n(.*?)```")
	quoted     = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	assignment = regexp.MustCompile(`^([A-Z_]+)=`)
)

func TestOptionsPageIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("OPTIONS.md")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(HaveSuffix("\n\n"+settings.Table()), "e2e/OPTIONS.md is not what the options say: its table is what `.bin/gateproof options` prints")
}

// Every command in the docs names a target of the Makefile and variables that are options.
func TestDocsCommands(t *testing.T) {
	g := NewWithT(t)
	root, err := filepath.Abs("..")
	g.Expect(err).NotTo(HaveOccurred())
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	g.Expect(err).NotTo(HaveOccurred())
	targets := map[string]bool{}
	for _, m := range makeTarget.FindAllStringSubmatch(string(makefile), -1) {
		targets[m[1]] = true
	}
	for _, doc := range docs(g, root) {
		text, err := os.ReadFile(doc)
		g.Expect(err).NotTo(HaveOccurred())
		text = withSavedFiles(g, t.TempDir(), text)
		for _, block := range shBlock.FindAllStringSubmatch(string(text), -1) {
			for _, line := range strings.Split(strings.TrimSpace(block[1]), "\n") {
				t.Run(filepath.Base(filepath.Dir(doc))+"/"+line, func(t *testing.T) {
					checkCommand(NewWithT(t), root, string(makefile), targets, strings.TrimSpace(line))
				})
			}
		}
	}
}

// withSavedFiles saves the files that a doc shows in full, and has its commands name them where they are.
func withSavedFiles(g Gomega, dir string, text []byte) []byte {
	for _, m := range savedFile.FindAllSubmatch(text, -1) {
		path := filepath.Join(dir, string(m[1]))
		g.Expect(os.WriteFile(path, m[2], 0o600)).To(Succeed())
		text = bytes.ReplaceAll(text, []byte("="+string(m[1])), []byte("="+path))
	}
	return text
}

func checkCommand(g Gomega, root, makefile string, targets map[string]bool, line string) {
	command, _, _ := strings.Cut(line, " #")
	command = strings.TrimSpace(command)
	isMake := false
	for i, word := range strings.Fields(quoted.ReplaceAllString(command, "''")) {
		if m := assignment.FindStringSubmatch(word); m != nil {
			known := slices.ContainsFunc(settings.Options, func(o settings.Option) bool { return o.Variable == m[1] })
			g.Expect(known || strings.Contains(makefile, m[1])).To(BeTrue(), "%s: there is no option %s", line, m[1])
			continue
		}
		switch {
		case !isMake && word == "make":
			isMake = true
		case isMake && !strings.HasPrefix(word, ">"):
			g.Expect(targets).To(HaveKey(word), "%s: the Makefile has no such target", line)
		case isMake:
		case i == 0:
			_, err := exec.LookPath(word)
			known := strings.HasPrefix(word, ".bin/") || slices.Contains(elsewhere, word)
			g.Expect(err == nil || known).To(BeTrue(), "%s: there is no program %s", line, word)
			return
		}
	}
	if onOurLanes := strings.HasPrefix(command, "make e2e ") && !strings.Contains(command, "KUBECONFIG="); needsNoCluster[command] || onOurLanes {
		cmd := exec.Command("bash", "-c", command)
		cmd.Dir = root
		if onOurLanes { // its options select something
			cmd.Env = append(os.Environ(), "DRY_RUN=1")
		}
		out, err := cmd.CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), "%s\n%s", line, out)
		g.Expect(string(out)).NotTo(BeEmpty())
	}
}

// docs are the repository's Markdown files.
func docs(g Gomega, root string) []string {
	var out []string
	g.Expect(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "out" || d.Name() == ".git" || d.Name() == ".bin") {
			return filepath.SkipDir
		}
		if err == nil && filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return err
	})).To(Succeed())
	g.Expect(out).NotTo(BeEmpty())
	return out
}
