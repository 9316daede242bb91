package github

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/yaml"
)

const dotGitHub = "../../.github"

func workflows(g Gomega) []string {
	files, err := filepath.Glob(dotGitHub + "/workflows/*.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(files).NotTo(BeEmpty())
	return files
}

var uses = regexp.MustCompile(`(?m)^\s*-? ?uses: *(\S+)(.*)$`)

// A tag can be moved to other code; a commit cannot.
func TestActionsOfOthersArePinned(t *testing.T) {
	g := NewWithT(t)
	for _, file := range append(workflows(g), dotGitHub+"/actions/release-gate/action.yml") {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		for _, m := range uses.FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(m[1], "./") {
				continue
			}
			g.Expect(m[1]).To(MatchRegexp(`^[^@]+@[0-9a-f]{40}$`), file)
			g.Expect(m[2]).To(MatchRegexp(`# v[0-9.]+$`), "%s: %s: which version is it?", file, m[1])
		}
	}
}

// mayWrite are the jobs that do, none of which a pull request starts.
var mayWrite = map[string]map[string]string{
	"images.yaml/publish":  {"contents": "read", "packages": "write"},
	"release.yaml/release": {"contents": "write", "packages": "write", "id-token": "write", "attestations": "write"},
	"images.yaml/pins":     {"contents": "write", "packages": "write", "pull-requests": "write"},
}

func TestWorkflowsMayOnlyRead(t *testing.T) {
	g := NewWithT(t)
	for _, file := range workflows(g) {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		var w struct {
			Permissions map[string]string `json:"permissions"`
			Jobs        map[string]struct {
				Permissions    map[string]string `json:"permissions"`
				TimeoutMinutes int               `json:"timeout-minutes"`
			} `json:"jobs"`
		}
		g.Expect(yaml.Unmarshal(text, &w)).To(Succeed(), file)
		g.Expect(w.Permissions).To(Equal(map[string]string{"contents": "read"}), file)
		for name, job := range w.Jobs {
			g.Expect(job.Permissions).To(Equal(mayWrite[filepath.Base(file)+"/"+name]), "%s: job %s", file, name)
			g.Expect(job.TimeoutMinutes).To(BeNumerically(">", 0), "%s: job %s", file, name)
		}
	}
}

// The reusable workflow hands every input of the action on. Its kubeconfig is a secret: a file can't cross jobs.
func TestTheWorkflowHasTheActionsInterface(t *testing.T) {
	g := NewWithT(t)
	type named map[string]any
	var action struct{ Inputs, Outputs named }
	var workflow struct {
		On struct {
			Call struct {
				Inputs, Outputs, Secrets named
			} `json:"workflow_call"`
		} `json:"true"` // which "on" is to YAML 1.1
		Jobs struct {
			Gate struct {
				Steps []struct {
					Uses string
					With named
				}
			}
		}
	}
	for file, out := range map[string]any{"actions/release-gate/action.yml": &action, "workflows/release-gate.yaml": &workflow} {
		text, err := os.ReadFile(filepath.Join(dotGitHub, file))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(yaml.Unmarshal(text, out)).To(Succeed(), file)
	}
	g.Expect(action.Inputs).NotTo(BeEmpty())
	for name := range action.Inputs {
		if name == "kubeconfig" {
			g.Expect(workflow.On.Call.Secrets).To(HaveKey(name))
		} else {
			g.Expect(workflow.On.Call.Inputs).To(HaveKey(name))
		}
	}
	for name := range action.Outputs {
		g.Expect(workflow.On.Call.Outputs).To(HaveKey(name))
	}
	for _, step := range workflow.Jobs.Gate.Steps {
		if strings.HasPrefix(step.Uses, "./") {
			g.Expect(step.With).To(HaveLen(len(action.Inputs)))
		}
	}
}

// In a script's text an input could be a command.
func TestInputsReachScriptsByTheEnvironment(t *testing.T) {
	g := NewWithT(t)
	type steps []struct {
		Run string `json:"run"`
	}
	scripts := 0
	for _, file := range append(workflows(g), dotGitHub+"/actions/release-gate/action.yml") {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		var doc struct {
			Jobs map[string]struct{ Steps steps }
			Runs struct{ Steps steps }
		}
		g.Expect(yaml.Unmarshal(text, &doc)).To(Succeed(), file)
		all := doc.Runs.Steps
		for _, job := range doc.Jobs {
			all = append(all, job.Steps...)
		}
		for _, step := range all {
			if step.Run != "" {
				scripts++
			}
			g.Expect(step.Run).NotTo(ContainSubstring("${{"), file)
		}
	}
	g.Expect(scripts).To(BeNumerically(">", 5))
}
