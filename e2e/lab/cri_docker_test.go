package lab

import (
	"strings"
	"testing"
	"text/template"

	. "github.com/onsi/gomega"
)

func TestDockersAnswerIsReadAsCRIs(t *testing.T) {
	g := NewWithT(t)
	answer, err := template.New("docker inspect").Parse(dockerAnswer)
	g.Expect(err).NotTo(HaveOccurred())
	type pidMode string // Docker's is a type of its own, too
	var out strings.Builder
	for _, mode := range []pidMode{"container:5a", "", "host", "container:other"} {
		var c struct {
			Config     struct{ Labels map[string]string }
			State      struct{ Pid int }
			HostConfig struct{ PidMode pidMode }
		}
		c.Config.Labels = map[string]string{"io.kubernetes.sandbox.id": "5a"}
		c.State.Pid, c.HostConfig.PidMode = 42, mode
		g.Expect(answer.Execute(&out, c)).To(Succeed())
	}
	g.Expect(inspected(out.String())).To(Equal([]Task{{PID: 42, Mode: "POD"}, {PID: 42, Mode: "CONTAINER"}, {PID: 42, Mode: "NODE"}, {PID: 42, Mode: "container:other"}}))
}
