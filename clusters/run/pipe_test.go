package run

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"
)

func TestPipe(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	fromErr, toErr := Pipe(t.Context(), Cmd{Argv: []string{"printf", "one two"}}, Cmd{Argv: []string{"tr", " ", "-"}, Stdout: &out})
	g.Expect(fromErr).NotTo(HaveOccurred())
	g.Expect(toErr).NotTo(HaveOccurred())
	g.Expect(out.String()).To(Equal("one-two"))

	fromErr, _ = Pipe(t.Context(), Cmd{Argv: []string{"sh", "-c", "echo half; exit 3"}}, Cmd{Argv: []string{"cat"}})
	g.Expect(fromErr).To(MatchError(ContainSubstring("exit status 3")))

	fromErr, toErr = Pipe(t.Context(), Cmd{Argv: []string{"yes"}}, Cmd{Argv: []string{"sh", "-c", "exit 4"}})
	g.Expect(toErr).To(MatchError(ContainSubstring("exit status 4")))
	g.Expect(fromErr).To(HaveOccurred(), "what is still written when nobody reads is not lost silently")
}
