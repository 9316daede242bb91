package github

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
)

type sonobuoyPlugin struct {
	Config struct {
		Driver       string `json:"driver"`
		Name         string `json:"plugin-name"`
		ResultFormat string `json:"result-format"`
		Description  string `json:"description"`
		Source       string `json:"source-url"`
	} `json:"sonobuoy-config"`
	Spec  corev1.Container  `json:"spec"`
	Files map[string]string `json:"config-map"`
}

// Sonobuoy waits for the file done, whose content names an archive: also when the sources can't be had.
func TestTheSonobuoyPluginAlwaysEnds(t *testing.T) {
	var plugin sonobuoyPlugin
	readStrictly(NewWithT(t), "sonobuoy.yaml", &plugin)
	NewWithT(t).Expect(plugin.Config.Driver).To(Equal("Job"))
	NewWithT(t).Expect(plugin.Config.ResultFormat).To(Equal("junit"))

	const suite = `mkdir -p "${@: -1}"; printf 'e2e:\n\ttest -f "$$KUBECONFIG" && mkdir -p "$$ARTIFACTS" && echo xml >"$$ARTIFACTS/junit_existing_01.xml"\n\tfalse\n' >"${@: -1}/Makefile"`
	for name, c := range map[string]struct{ git, archive string }{
		"a run that fails": {suite, "./\n./junit_existing_01.xml\n"},
		"no sources":       {"exit 128", "./\n"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			programs, results := t.TempDir(), t.TempDir()
			g.Expect(os.WriteFile(filepath.Join(programs, "git"), []byte("#!/bin/bash\n"+c.git), 0o755)).To(Succeed())
			cmd := exec.Command("bash", "-c", plugin.Files["run.sh"])
			cmd.Env = append(os.Environ(), "PATH="+programs+":"+os.Getenv("PATH"), "SONOBUOY_RESULTS_DIR="+results, "TMPDIR="+t.TempDir())
			out, err := cmd.CombinedOutput()
			g.Expect(err).To(HaveOccurred(), "a failure is not hidden")
			done, err := os.ReadFile(filepath.Join(results, "done"))
			g.Expect(err).NotTo(HaveOccurred(), string(out))
			listed, err := exec.Command("tar", "--list", "--file", string(done)).Output()
			g.Expect(err).NotTo(HaveOccurred(), string(out))
			g.Expect(string(listed)).To(Equal(c.archive), string(out))
		})
	}
}
