package run

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestErrorCarriesCommandAndOutput(t *testing.T) {
	g := NewWithT(t)
	out, err := Cmd{Argv: []string{"sh", "-c", "echo seen; echo 'it broke' >&2; exit 3"}, Dir: t.TempDir()}.Run(context.Background())
	g.Expect(out).To(Equal("seen\n"))
	var e *Error
	g.Expect(errors.As(err, &e)).To(BeTrue())
	g.Expect(err.Error()).To(And(ContainSubstring("sh -c 'echo seen;"), ContainSubstring("exit status 3"), ContainSubstring("it broke")))
}

func TestCancelStopsTheWholeGroup(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancelCause(context.Background())
	cause := errors.New("enough")
	time.AfterFunc(100*time.Millisecond, func() { cancel(cause) })
	start := time.Now()
	_, err := Output(ctx, "sh", "-c", "sleep 60 & wait")
	g.Expect(err).To(MatchError(cause))
	g.Expect(time.Since(start)).To(BeNumerically("<", TermGrace))
	_, err = Output(ctx, "true")
	g.Expect(err).To(MatchError(cause), "nothing is started any more")
}

func TestPretty(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Pretty([]string{"docker", "ps", "--format={{.ID}}", "it's", ""})).To(Equal(`docker ps '--format={{.ID}}' 'it'\''s' ''`))
}

func TestTail(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Tail(" short \n", 100)).To(Equal("short"))
	g.Expect(Tail(strings.Repeat("line\n", 10), 12)).To(Equal("[...]\nline\nline"))
}
