package up

import (
	"errors"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
	kindexec "sigs.k8s.io/kind/pkg/exec"
)

func TestAPortThatIsTakenIsToldFromOtherFailures(t *testing.T) {
	g := NewWithT(t)
	printed := func(out string) error {
		return fmt.Errorf("failed to create cluster: %w", &kindexec.RunError{Command: []string{"docker", "run"}, Output: []byte(out), Inner: errors.New("exit status 125")})
	}
	g.Expect(portTaken(printed("docker: Error response from daemon: driver failed programming external connectivity on endpoint on-control-plane (d18b): Bind for 127.0.0.1:46527 failed: port is already allocated."))).To(BeTrue())
	g.Expect(portTaken(printed("docker: Error response from daemon: driver failed programming external connectivity on endpoint on-control-plane (d18b): Error starting userland proxy: listen tcp4 127.0.0.1:46527: bind: address already in use."))).To(BeTrue())
	g.Expect(portTaken(printed("docker: Error response from daemon: No such image: node:1."))).To(BeFalse())
	g.Expect(portTaken(errors.New("port is already allocated"))).To(BeFalse(), "only what the engine printed counts")
}

func TestASlowNodeIsTriedAgain(t *testing.T) {
	g := NewWithT(t)
	g.Expect(passing(errors.New(`could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"`))).To(ContainSubstring("30 s"))
	g.Expect(passing(errors.New("failed to init node with kubeadm"))).To(BeEmpty())
}
