package claims

import (
	"context"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// shares expects the pod's containers to be in one process namespace, whose PID 1 is none of theirs, and signals to cross.
func shares(ctx context.Context, s *shaped, g Gomega) {
	var views []lab.View
	for _, c := range s.looking {
		view := seen(c.Look(ctx))
		for _, name := range s.staying {
			s.sees(g, view, name, s.said[name])
		}
		views = append(views, view)
	}
	one := s.onePID1(g, views)
	namespace := views[0].Self.Namespaces["pid"]
	for _, v := range views {
		g.Expect(v.Self.Namespaces["pid"]).To(Equal(namespace), "%s and %s should be in one PID namespace", v.Of, views[0].Of)
	}
	for _, name := range s.staying {
		s.within(g, name, s.said[name], namespace)
	}
	for i, p := range s.gone {
		s.within(g, s.Gone[i], p, namespace)
	}
	if s.b.OutOfSight(ctx) == "" && seen(views[0].Of.OwnKernel(ctx)) == "" {
		sandbox := seen(s.pod.Sandbox(ctx))
		g.Expect(one.Start).To(Equal(sandbox.Start), "PID 1 should be the sandbox's process (start %d, node's PID %d); it is %s", sandbox.Start, sandbox.PID, one)
	}
	s.note("%d containers in %s, each sees all; PID 1: %s", len(s.said), namespace, one)
	s.crosses(ctx, g, views)
}

// sees expects a view to hold a container's process as that container sees it.
func (s *shaped) sees(g Gomega, view lab.View, owner string, p lab.Process) {
	g.Expect(view.Table.WithWord(p.Word).IDs()).To(Equal([]lab.ID{p.ID()}),
		"%s should see the process of container %s as that does (PID %d, start %d, word %s); it sees:\n%s", view.Of, owner, p.PID, p.Start, p.Word, view.Table)
}

// onePID1 is the process that all views must have as PID 1.
func (s *shaped) onePID1(g Gomega, views []lab.View) (one lab.Process) {
	for i, v := range views {
		now, ok := v.Table.PID(1)
		g.Expect(ok).To(BeTrue(), "%s should see a PID 1; it sees:\n%s", v.Of, v.Table)
		if i == 0 {
			one = now
		}
		g.Expect(now.ID()).To(Equal(one.ID()), "PID 1 should be one process for %s and %s", v.Of, views[0].Of)
	}
	return one
}

// within expects a container to have been in the pod's namespace, and not as its first.
func (s *shaped) within(g Gomega, name string, said lab.Process, namespace string) {
	g.Expect(said.PIDNS).To(Equal(namespace), "container %s should be in the PID namespace of the others", name)
	g.Expect(said.PID).NotTo(Equal(1), "the own process of container %s should not be PID 1, which is the sandbox's", name)
}

// isolates expects every container to be in a process namespace of its own, and signals not to cross.
func isolates(ctx context.Context, s *shaped, g Gomega) {
	var first lab.View
	for i, c := range s.looking {
		view, own := seen(c.Look(ctx)), s.said[c.Name]
		control(len(view.Table.WithWord(own.Word)) == 1, "%s should see its own process (word %s); it sees:\n%s", c, own.Word, view.Table)
		for _, name := range s.staying {
			if name != c.Name {
				s.seesNot(g, view, name, s.said[name])
			}
		}
		one, _ := view.Table.PID(1)
		g.Expect(one.ID()).To(Equal(own.ID()), "PID 1 in %s should be its own process, which has PID %d; it is %s", c, own.PID, one)
		if i == 0 {
			first = view
		}
	}
	in := map[string]string{} // containers by namespace
	for _, name := range s.staying {
		p := s.said[name]
		g.Expect(p.PID).To(Equal(1), "the own process of container %s should be its PID 1", name)
		g.Expect(in).NotTo(HaveKey(p.PIDNS), "container %s should be in a PID namespace of its own; it is in that of container %s", name, in[p.PIDNS])
		in[p.PIDNS] = name
	}
	for i, p := range s.gone { // their namespaces are gone, and the numbers of these may be others' by now
		g.Expect(p.PID).To(Equal(1), "the own process of container %s should have been its PID 1", s.Gone[i])
	}
	s.note("%d containers in as many PID namespaces: %v", len(s.said), in)
	if len(s.looking) > 1 {
		s.staysOut(ctx, g, first, s.looking[len(s.looking)-1])
	}
}

func (s *shaped) seesNot(g Gomega, view lab.View, owner string, p lab.Process) {
	g.Expect(view.Table.WithWord(p.Word)).To(BeEmpty(), "%s should not see the process of container %s (word %s); it sees:\n%s", view.Of, owner, p.Word, view.Table)
}
