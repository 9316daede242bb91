package github

import (
	"os"
	"os/exec"
	"testing"

	. "github.com/onsi/gomega"
)

// Inputs that make no sense end the step before anything is built, and say what to do.
func TestInputsOfTheGate(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		says string
	}{
		"two targets":            {[]string{"GATE_NODE_IMAGE=x", "GATE_VERSION=v1.16.15"}, "node-image version: name one of them"},
		"no expectation":         {[]string{"GATE_KUBECONFIG=x"}, "expectation must be shared or isolated"},
		"wrong expectation":      {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=both"}, `not "both"`},
		"expectation of nothing": {[]string{"GATE_EXPECTATION=shared"}, "are for kubeconfig"},
		"lanes and a cluster":    {[]string{"GATE_KUBECONFIG=x", "GATE_EXPECTATION=shared", "GATE_LANES=on"}, "lanes and kubeconfig exclude each other"},
		"lanes and a version":    {[]string{"GATE_VERSION=v1.16.15", "GATE_LANES=on"}, "a lane has its version"},
		"unknown version":        {[]string{"GATE_VERSION=v9.9.9"}, "no lane is declared for v9.9.9; declared are v1.16.15"},
		"a command as a version": {[]string{"GATE_VERSION=$(touch /tmp/gateproof-injected)"}, "no lane is declared for $(touch"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			cmd := exec.Command("bash", dotGitHub+"/actions/release-gate/prove.sh")
			cmd.Env = append(os.Environ(), c.env...)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			g.Expect(err).To(BeAssignableToTypeOf(exit), string(out))
			g.Expect(cmd.ProcessState.ExitCode()).To(Equal(2), string(out))
			g.Expect(string(out)).To(And(HavePrefix("::error title=input::"), ContainSubstring(c.says)))
		})
	}
	NewWithT(t).Expect("/tmp/gateproof-injected").NotTo(BeAnExistingFile())
}
