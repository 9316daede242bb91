package access

import (
	"testing"

	. "github.com/onsi/gomega"
)

// sample is two users with two sets of capabilities on two targets.
func sample() Matrix {
	m := Matrix{Attempt: "a try", Page: "kill(2)"}
	for _, c := range []struct {
		who Who
		on  string
		err string
	}{
		{Who{"uid 0", "none"}, "root", ""},
		{Who{"uid 0", "none"}, "worker", "EPERM"},
		{Who{"uid 0", "KILL"}, "root", ""},
		{Who{"uid 0", "KILL"}, "worker", ""},
		{Who{"uid 7", "none"}, "root", "EPERM"},
	} {
		m.Cells = append(m.Cells, Cell{Who: c.who, Target: c.on, Rule: Ruling{c.err, "so it is"}, Seen: c.err, Credentials: "measured"})
	}
	return m
}

func TestMatrixText(t *testing.T) {
	NewWithT(t).Expect(sample().String()).To(Equal(`a try: what was seen (and what kill(2) says, where that is something else)

CALLER  CAPABILITIES  root   worker
uid 0   none          yes    EPERM
uid 0   KILL          yes    yes
uid 7   none          EPERM  -

uid 0, capabilities: none (measured)
    EPERM on worker; by the rule: EPERM (so it is); allowed: uid 0, capabilities: KILL
uid 7, capabilities: none (measured)
    EPERM on root; by the rule: EPERM (so it is); allowed: uid 0, capabilities: none
`))
}

func TestMatrixThatAgreesHasNoProblems(t *testing.T) {
	NewWithT(t).Expect(sample().Problems()).To(BeEmpty())
}

func TestMatrixProblems(t *testing.T) {
	g := NewWithT(t)
	m := sample()
	m.Cells[1].Seen = ""
	g.Expect(m.Problems()).To(ConsistOf("uid 0, capabilities: none -> worker: yes, but kill(2) says EPERM (so it is); the caller: measured"))
	g.Expect(m.Grid()).To(ContainSubstring("yes (EPERM)"))

	m = sample()
	m.Cells[2].Seen = "ESRCH"
	g.Expect(m.Problems()).To(ConsistOf("uid 0, capabilities: KILL -> root: ESRCH, but kill(2) says yes (so it is); the caller: measured"))

	g.Expect(Matrix{}.Problems()).To(ConsistOf("nothing was tried"))
}

// Who cannot do anything cannot show that something is protected.
func TestMatrixRefusalWithoutControl(t *testing.T) {
	m := sample()
	m.Cells = []Cell{m.Cells[0], m.Cells[1], m.Cells[4]}
	NewWithT(t).Expect(m.Problems()).To(ConsistOf(ContainSubstring("worker: EPERM proves nothing")))
}

func TestMatrixDecides(t *testing.T) {
	g := NewWithT(t)
	g.Expect(sample().Decides("none", "KILL")).To(ConsistOf("uid 0 -> worker"))
	g.Expect(sample().Decides("KILL", "none")).To(BeEmpty())
	g.Expect(sample().Succeeded("KILL", "none")).To(Equal(3))
	g.Expect(sample().Succeeded("none")).To(Equal(1))
}
