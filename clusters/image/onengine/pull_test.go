package onengine

import (
	"errors"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/run"
)

func TestReasonIsOneLine(t *testing.T) {
	g := NewWithT(t)
	failed := &run.Error{Argv: []string{"docker", "pull", "x"}, Err: errors.New("exit status 1"), Output: "\nError response from daemon: denied\nmore\n"}
	g.Expect(reason(failed)).To(Equal("Error response from daemon: denied"))
	failed.Output = ""
	g.Expect(reason(failed)).To(And(ContainSubstring("docker pull x"), ContainSubstring("exit status 1")))
	g.Expect(reason(errNoAnswer)).To(Equal(errNoAnswer.Error()))
}
