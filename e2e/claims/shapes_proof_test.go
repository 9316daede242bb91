package claims

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// seenBy is a process as a container sees it, or says of itself.
func seenBy(pid int, start uint64, word, namespace string) lab.Process {
	p := lab.Process{Word: word}
	p.PID, p.Start, p.Argv, p.PIDNS = pid, start, []string{"sh", word}, namespace
	return p
}

func TestWhatIsAmissInAShapesPodIsSeen(t *testing.T) {
	pod := &lab.Pod{Name: "shape-01"}
	view := func(container string, table ...lab.Process) lab.View {
		return lab.View{Of: &lab.Container{Pod: pod, Name: container}, Table: table}
	}
	pause, a, b := seenBy(1, 100, "", "pid:[1]"), seenBy(7, 110, "gpa", "pid:[1]"), seenBy(8, 120, "gpb", "pid:[1]")
	s := &shaped{}
	for _, c := range []struct {
		says string // "" for nothing
		look func(g Gomega)
	}{
		{"", func(g Gomega) { s.sees(g, view("a", pause, a, b), "b", b); s.within(g, "b", b, "pid:[1]") }},
		{"should see the process", func(g Gomega) { s.sees(g, view("a", pause, a), "b", b) }},
		{"as that does (PID 8, start 120", func(g Gomega) { s.sees(g, view("a", pause, seenBy(8, 121, "gpb", "")), "b", b) }},
		{"should see the process", func(g Gomega) { s.sees(g, view("a", b, seenBy(9, 120, "gpb", "")), "b", b) }},
		{"in the PID namespace of the others", func(g Gomega) { s.within(g, "b", b, "pid:[2]") }},
		{"should not be PID 1", func(g Gomega) { s.within(g, "b", seenBy(1, 120, "gpb", "pid:[1]"), "pid:[1]") }},
		{"should see a PID 1", func(g Gomega) { s.onePID1(g, []lab.View{view("a", a)}) }},
		{"should be one process", func(g Gomega) { s.onePID1(g, []lab.View{view("a", pause), view("b", seenBy(1, 101, "", ""))}) }},
		{"should not see the process", func(g Gomega) { s.seesNot(g, view("a", pause, a, b), "b", b) }},
	} {
		saw, err := try(c.look)
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		if c.says == "" {
			g.Expect(saw).To(BeEmpty())
		} else {
			g.Expect(saw).To(ContainSubstring(c.says))
		}
	}
	g := NewWithT(t)
	saw, err := try(func(g Gomega) { s.seesNot(g, view("a", pause, a), "b", b) })
	g.Expect([]any{saw, err}).To(Equal([]any{"", nil}))
	saw, err = try(func(Gomega) { control(false, "%s is blind", "a") })
	g.Expect(saw).To(BeEmpty(), "a control that fails accuses nobody")
	g.Expect(err).To(MatchError("control: a is blind"))
}
