package claims

import (
	"context"
	"fmt"
	"strconv"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/access"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/reports"
)

// crosses sends a signal from one container to another's process: to one that kill(2) lets it reach, where there is one, and that tells what it
// got, where one can.
func (s *shaped) crosses(ctx context.Context, g Gomega, views []lab.View) {
	from := s.looking[0]
	by := access.Creds{UID: views[0].Self.UID, Caps: seen(strconv.ParseUint(views[0].Self.CapEff, 16, 64))}
	rule := func(uid int) access.Ruling { return access.Kill(by, access.Creds{UID: uid}) }
	send := func(signal, owner string, p lab.Process) {
		a, r := seen(from.Calls(ctx, lab.ToKill(signal, p.PID)))[0], rule(p.UID)
		g.Expect(a.Err).To(Equal(r.Err), "%s from %s to a process of container %s, %s: kill(2) says %s; the sender: %s", signal, from, owner, p, r, a.Self.Credentials())
		s.note("%s from %s to %s: kill(2) says %s, and so it was", signal, from.Name, owner, r)
	}
	if len(views) == 1 {
		for _, name := range s.Mute {
			send("CONT", name, views[0].Table.WithID(s.said[name].ID())[0]) // which harms nobody
		}
		return
	}
	to := len(views) - 1
	for i := to; i > 0; i-- {
		if rule(views[i].Self.UID).Err == "" {
			to = i
			break
		}
	}
	owner := s.looking[to]
	held := seen(owner.Hold(ctx))
	send("USR1", owner.Name, held)
	if rule(held.UID).Err == "" {
		s.arrives(ctx, g, owner, held)
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

// staysOut sends a signal to the number that another container's process has there, which is nobody's in the view, and then from its own container.
func (s *shaped) staysOut(ctx context.Context, g Gomega, view lab.View, owner *lab.Container) {
	did(owner.UsePIDs(ctx))
	from, p := view.Of, seen(owner.Hold(ctx))
	_, taken := view.Table.PID(p.PID)
	control(!taken, "PID %d, which is %s in %s, should be nobody's in %s, which sees:\n%s", p.PID, p, owner, from, view.Table)
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
