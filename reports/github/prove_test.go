package github

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const gate = dotGitHub + "/actions/release-gate/"

// Inputs that make no sense end the step before anything is built, and say what to do.
func TestInputsOfTheGate(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		says string
	}{
		"two targets":            {[]string{"GATE_NODE_IMAGE=x", "GATE_VERSION=v1.16.15"}, "node-image version: give one of them"},
		"no expectation":         {[]string{"GATE_KUBECONFIG=x"}, "expectation must be shared or isolated"},
		"wrong expectation":      {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=both"}, `not "both"`},
		"expectation of nothing": {[]string{"GATE_EXPECTATION=shared"}, "are for kubeconfig"},
		"lanes and a cluster":    {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=shared", "GATE_LANES=on"}, "lanes and kubeconfig exclude each other"},
		"lanes and a version":    {[]string{"GATE_VERSION=v1.16.15", "GATE_LANES=on"}, "a lane has its version"},
		"no such kubeconfig":     {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=shared"}, "there is no file"},
		"lanes without a lane":   {[]string{"GATE_LANES= ,"}, "lanes names no lane"},
		"a workflow command":     {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=x\r\n::stop-commands::100%"}, `not "x%0D%0A::stop-commands::100%25"`},
		"unknown version":        {[]string{"GATE_VERSION=v9.9.9"}, "no lane is declared for v9.9.9, only for v1.15.12 v1.16.15 v1.17.17 v1.37.0; declare one in a lane file"},
		"a command as a version": {[]string{"GATE_VERSION=$(touch /tmp/gateproof-injected)"}, "no lane is declared for v$(touch"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			outputs := filepath.Join(t.TempDir(), "outputs")
			cmd := exec.Command("bash", gate+"prove.sh")
			cmd.Env = append(append(os.Environ(), "GITHUB_OUTPUT="+outputs), c.env...)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			g.Expect(err).To(BeAssignableToTypeOf(exit), string(out))
			g.Expect(cmd.ProcessState.ExitCode()).To(Equal(2), string(out))
			g.Expect(string(out)).To(And(HavePrefix("::error title=input::"), ContainSubstring(c.says)))
			g.Expect(strings.Count(string(out), "\n")).To(Equal(1), string(out))
			g.Expect(os.ReadFile(outputs)).To(BeEquivalentTo("result=failure\nexit-code=2\nnot-observed=0\n"))
		})
	}
	NewWithT(t).Expect("/tmp/gateproof-injected").NotTo(BeAnExistingFile())
}

// The run is what the inputs say, whatever else the job's environment holds.
func TestInputsBecomeVariables(t *testing.T) {
	script, err := filepath.Abs(gate + "inputs.sh")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	kubeconfig := filepath.Join(t.TempDir(), "config")
	NewWithT(t).Expect(os.WriteFile(kubeconfig, nil, 0o600)).To(Succeed())
	for name, c := range map[string]struct{ env, want []string }{
		"nothing":     {nil, nil},
		"a leftover":  {[]string{"DRY_RUN=1", "FOCUS=hup", "SKIP=.", "LANES=on", "EXPECT=shared", "FIXTURES=x", "FIELD=kept"}, nil},
		"an image":    {[]string{"GATE_NODE_IMAGE=a b:$(c)", "GATE_LANES=on"}, []string{"NODE_IMAGE=a b:$(c)", "LANES=on"}},
		"lane files":  {[]string{"GATE_LANES=on, a b.yaml\n/c/d.yaml\n"}, []string{"LANES=on,/caller/a b.yaml,/c/d.yaml"}},
		"a selection": {[]string{"GATE_LABEL_FILTER=group:signals && kind:conformance"}, []string{"LABEL_FILTER=group:signals && kind:conformance"}},
		"a cluster": {[]string{"GATE_KUBECONFIG=" + kubeconfig, "GATE_EXPECTATION=isolated", "GATE_KUBE_CONTEXT=c", "GATE_IMAGE_REGISTRY=r/p"},
			[]string{"KUBECONFIG=" + kubeconfig, "EXPECT=isolated", "KUBE_CONTEXT=c", "IMAGE_REGISTRY=r/p"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			cmd := exec.Command("bash", "-euo", "pipefail", "-c", `source "$1"; PWD=/caller; one_target; only_inputs; lanes; cluster; env`, "bash", script)
			cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, c.env...)
			out, err := cmd.CombinedOutput()
			g.Expect(err).NotTo(HaveOccurred(), string(out))
			var got []string
			for _, line := range strings.Split(string(out), "\n") {
				name, _, _ := strings.Cut(line, "=")
				switch name {
				case "LANES", "NODE_IMAGE", "KUBECONFIG", "EXPECT", "KUBE_CONTEXT", "IMAGE_REGISTRY", "FIELD", "LABEL_FILTER", "FOCUS", "SKIP", "FIXTURES", "DRY_RUN":
					got = append(got, line)
				}
			}
			g.Expect(got).To(ConsistOf(c.want))
		})
	}
}

// A cancelled job stops the command too, and its exit code is the step's to tell.
func TestACancelledRunEnds(t *testing.T) {
	g := NewWithT(t)
	const script = `source "$1"; interruptible bash -c 'trap "exit 7" TERM; kill -INT $PPID; sleep 5 >&- 2>&- & wait' || echo "code $?"`
	cmd := exec.Command("timeout", "20", "bash", "-euo", "pipefail", "-c", script, "bash", gate+"suite.sh")
	out, err := cmd.Output()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(out)).To(Equal("code 7\n"))
}
