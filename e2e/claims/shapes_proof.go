package claims

import (
	"context"
	"fmt"
	"strconv"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/fixtures/shapes"
	"github.com/gateproof/gateproof/reports"
)

// shaped is a pod of a shape, which runs. Several are looked into at once: what is not as it should be fails the look's own g.
type shaped struct {
	shapes.Shape
	b       *lab.Bench
	pod     *lab.Pod
	looking []*lab.Container       // they have a shell, and stay
	staying []string               // all containers that do, by name
	said    map[string]lab.Process // what these say of themselves
	gone    []lab.Process          // what the init containers have said
	ids     map[string]string      // of the containers that stay
	notes   []string
}

func (s *shaped) note(format string, args ...any) { s.notes = append(s.notes, fmt.Sprintf(format, args...)) }

// meet has every container say who it is.
func (s *shaped) meet(ctx context.Context) {
	for i := range s.Later {
		s.looking = append(s.looking, seen(s.pod.Debug(ctx, fmt.Sprintf("debug-%d", i+1), "")))
	}
	for _, name := range s.Looking {
		s.looking = append(s.looking, s.pod.Container(name))
	}
	for _, c := range s.looking {
		s.staying = append(s.staying, c.Name)
	}
	s.staying = append(s.staying, s.Mute...)
	s.ids = s.idsNow(ctx)
	for _, name := range s.staying {
		s.said[name] = seen(s.pod.Container(name).Announced(ctx))
	}
	for _, name := range s.Gone {
		s.gone = append(s.gone, seen(s.pod.Container(name).Announced(ctx)))
	}
}

// idsNow are the ids of the containers that stay.
func (s *shaped) idsNow(ctx context.Context) map[string]string {
	now, ids := seen(s.pod.Get(ctx)), map[string]string{}
	for _, name := range s.staying {
		ids[name] = lab.Status(now, name).ContainerID
	}
	return ids
}

// restarted says in words that a container is no longer the one that was met, or that this cannot be known: its processes are others, then.
func (s *shaped) restarted(ctx context.Context) (words string) {
	_, err := try(func(Gomega) {
		for name, id := range s.idsNow(ctx) {
			if id != s.ids[name] {
				words = fmt.Sprintf("container %s of pod %s was restarted meanwhile", name, s.pod.Name)
			}
		}
	})
	if err != nil {
		return "whether a container was restarted meanwhile is not known: " + err.Error()
	}
	return words
}

// shares expects the pod's containers to be in one process namespace, whose PID 1 is none of theirs, and signals to cross.
func shares(ctx context.Context, s *shaped, g Gomega) {
	held := s.hold(ctx)
	var views []lab.View
	for _, c := range s.looking {
		view := seen(c.Look(ctx))
		for _, name := range s.staying {
			s.sees(g, view, name, s.said[name])
		}
		for i, h := range held {
			s.sees(g, view, s.looking[i].Name, h)
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
	if s.b.Node != nil {
		sandbox := seen(s.pod.Sandbox(ctx))
		g.Expect(one.Start).To(Equal(sandbox.Start), "PID 1 should be the sandbox's process (start %d, node's PID %d); it is %s", sandbox.Start, sandbox.PID, one)
	}
	s.note("%d containers in %s, each sees all; PID 1: %s", len(s.said), namespace, one)
	s.crosses(ctx, g, views, held)
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

// crosses sends a signal from one container to another's process: to one that kill(2) lets it reach, where there is one, and that tells what it
// got, where one can.
func (s *shaped) crosses(ctx context.Context, g Gomega, views []lab.View, held []lab.Process) {
	from := s.looking[0]
	by := access.Creds{UID: views[0].Self.UID, Caps: seen(strconv.ParseUint(views[0].Self.CapEff, 16, 64))}
	rule := func(p lab.Process) access.Ruling { return access.Kill(by, access.Creds{UID: p.UID}) }
	send := func(signal string, owner string, p lab.Process) {
		a := seen(from.Calls(ctx, lab.ToKill(signal, p.PID)))[0]
		g.Expect(a.Err).To(Equal(rule(p).Err), "%s from %s to a process of container %s, %s: kill(2) says %s; the sender: %s", signal, from, owner, p, rule(p), a.Self.Credentials())
		s.note("%s from %s to %s: kill(2) says %s, and so it was", signal, from.Name, owner, rule(p))
	}
	if len(held) > 1 {
		to := len(held) - 1
		for i := to; i > 0; i-- {
			if rule(held[i]).Err == "" {
				to = i
				break
			}
		}
		send("USR1", s.looking[to].Name, held[to])
		if rule(held[to]).Err == "" {
			s.arrives(ctx, g, s.looking[to], held[to])
		}
		return
	}
	for _, name := range s.Mute {
		send("CONT", name, views[0].Table.WithID(s.said[name].ID())[0]) // which harms nobody
	}
}

// arrives waits until the held process has run its handler of USR1, as its own container sees it.
func (s *shaped) arrives(ctx context.Context, g Gomega, owner *lab.Container, p lab.Process) {
	renamed := func(t lab.Table) bool {
		now := t.WithID(p.ID())
		return len(now) == 1 && now[0].Comm == probe.HeldGotUSR1
	}
	table := seen(lab.Await(ctx, lab.Timeouts.Observation, owner.Processes, renamed))
	if !renamed(table) {
		// The load may be why: a process started in the same container tells.
		if took := seen(owner.Pace(ctx)); took > lab.Timeouts.Observation/2 {
			panic(blind{&lab.Unobserved{Cause: reports.CauseTime, Err: fmt.Errorf("USR1 to %s: in vain for %s, and the control took %s too", p, lab.Timeouts.Observation, took)}})
		}
		table = seen(owner.Processes(ctx)) // what came late came
	}
	g.Expect(renamed(table)).To(BeTrue(), "%s of %s should run its handler of USR1, which renames it %s; its container sees:\n%s", p, owner, probe.HeldGotUSR1, table)
}

// isolates expects every container to be in a process namespace of its own, and signals not to cross.
func isolates(ctx context.Context, s *shaped, g Gomega) {
	last := s.looking[len(s.looking)-1]
	if len(s.looking) > 1 {
		did(last.UsePIDs(ctx)) // so that its number is none of the first one's
	}
	held := s.hold(ctx)
	var views []lab.View
	for v, c := range s.looking {
		view := seen(c.Look(ctx))
		control(len(view.Table.WithWord(held[v].Word)) == 1 && len(view.Table.WithWord(s.said[c.Name].Word)) == 1, "%s should see its own processes; it sees:\n%s", c, view.Table)
		for _, name := range s.staying {
			if name != c.Name {
				s.seesNot(g, view, name, s.said[name])
			}
		}
		for i, h := range held {
			if i != v {
				s.seesNot(g, view, s.looking[i].Name, h)
			}
		}
		one, _ := view.Table.PID(1)
		g.Expect(one.ID()).To(Equal(s.said[c.Name].ID()), "PID 1 in %s should be its own process, which has PID %d; it is %s", c, s.said[c.Name].PID, one)
		views = append(views, view)
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
	s.staysOut(ctx, g, views, held)
}

func (s *shaped) seesNot(g Gomega, view lab.View, owner string, p lab.Process) {
	g.Expect(view.Table.WithWord(p.Word)).To(BeEmpty(), "%s should not see the process of container %s (word %s); it sees:\n%s", view.Of, owner, p.Word, view.Table)
}

// staysOut sends a signal to the number that another container's process has there, which is nobody's here, and then from its own container.
func (s *shaped) staysOut(ctx context.Context, g Gomega, views []lab.View, held []lab.Process) {
	if len(held) < 2 {
		return // nobody else's process is known by a number that is nobody's here
	}
	from, owner, p := s.looking[0], s.looking[len(held)-1], held[len(held)-1]
	_, taken := views[0].Table.PID(p.PID)
	control(!taken, "PID %d, which is %s in %s, should be nobody's in %s, which sees:\n%s", p.PID, p, owner, from, views[0].Table)
	a := seen(from.Calls(ctx, lab.ToKill("USR1", p.PID)))[0]
	g.Expect(a.Err).To(Equal("ESRCH"), "%s should find no process under the number of %s of %s; the sender: %s", from, p, owner, a.Self.Credentials())
	now := seen(owner.Processes(ctx)).WithID(p.ID())
	g.Expect(now).To(HaveLen(1), "a signal to no process should harm none, but %s has ended", p)
	g.Expect(now[0].Comm).To(Equal(probe.Held), "a signal to no process should reach none, but %s got USR1", p)
	own := seen(owner.Calls(ctx, lab.ToKill("USR1", p.PID)))[0]
	control(own.Err == "", "%s should be able to signal its own process %s: %s; the sender: %s", owner, p, own.Err, own.Self.Credentials())
	s.arrives(ctx, g, owner, p)
	s.note("USR1 from %s to %s's PID %d: ESRCH; from %s itself it arrives", from.Name, owner.Name, p.PID, owner.Name)
}

// hold starts a process in each container that has a shell. Each is found in its own container: the scan works.
func (s *shaped) hold(ctx context.Context) []lab.Process {
	var held []lab.Process
	for _, c := range s.looking {
		held = append(held, seen(c.Hold(ctx)))
	}
	return held
}

// control is Control within a look: where it fails, nothing was observed.
func control(ok bool, format string, args ...any) {
	if !ok {
		panic(blind{fmt.Errorf("control: "+format, args...)})
	}
}
