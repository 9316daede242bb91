package lab

import (
	"context"
	"fmt"
)

// First is the container's first process, the one whose end is the container's, as the container sees it: the oldest
// that was started from outside and has the container's file systems.
func (c *Container) First(ctx context.Context) (Process, error) {
	v, err := c.Look(ctx)
	if err != nil {
		return Process{}, err
	}
	return v.First(ctx)
}

// First is Container.First in this view.
func (v View) First(ctx context.Context) (Process, error) {
	inside := v.Table.Theirs().where(func(p Process) bool {
		return (p.PPID == 0 || v.Of.Pod.sent.Spec.HostPID) && p.MntNS == v.Self.Namespaces["mnt"]
	})
	if len(inside) == 0 {
		if err := v.Of.hidden(ctx, v.Self); err != nil { // which file systems a process has is told by its links
			return Process{}, err
		}
		return Process{}, fmt.Errorf("%s does not find its own first process among:\n%s", v.Of, v.Table)
	}
	first := inside[0]
	for _, p := range inside {
		if p.Start < first.Start {
			first = p
		}
	}
	return first, nil
}

// WithID finds the process of that identity.
func (t Table) WithID(id ID) Table {
	return t.where(func(p Process) bool { return p.ID() == id })
}
