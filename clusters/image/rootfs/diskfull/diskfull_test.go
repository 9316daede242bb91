package diskfull

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/run"
)

func TestExplain(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir() + "/not/made/yet"
	here := func() []Place { return []Place{{Dir: dir, Remedy: "free some"}} }
	unasked := func() []Place { t.Error("asked for places though no disk is newly full"); return nil }
	cause := &run.Error{Argv: []string{"x"}, Err: errors.New("exit status 1"), Output: "E: Write error - write (28: No space left on device)"}
	for _, full := range []error{syscall.ENOSPC, fmt.Errorf("write: %w", syscall.EDQUOT), cause} {
		err := Explain(full, here)
		g.Expect(err).To(MatchError(And(HavePrefix("no space left on device for "+dir), HaveSuffix("free some"))))
		g.Expect(errors.Is(err, full)).To(BeTrue())
		g.Expect(Explain(err, unasked)).To(BeIdenticalTo(err), "explained once")
	}
	err := Explain(cause, func() []Place { return []Place{{Dir: "the engine's disk", Remedy: "free some", Elsewhere: true}} })
	g.Expect(err).To(MatchError("no space left on device for the engine's disk: free some"))
	other := errors.New("no route")
	g.Expect(Explain(other, unasked)).To(BeIdenticalTo(other))
	g.Expect(Explain(nil, unasked)).To(Succeed())
}
