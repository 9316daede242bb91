package lab

import (
	"context"
	"time"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// View is what one probe in a container says of itself and of all processes.
type View struct {
	Of    *Container
	Self  probe.Self
	Table Table
}

// Look lists what the container sees in its /proc, and says who was looking.
func (c *Container) Look(ctx context.Context) (View, error) {
	a, err := c.ask(ctx, "table")
	if err != nil {
		return View{}, err
	}
	table, err := c.tableOf(ctx, a)
	return View{Of: c, Self: a.Self, Table: table}, err
}

// OlderThan are the processes that are older than the one that looked by more than that. What start times count from may be the sandbox's own start: those of
// two sandboxes cannot be compared, ages can.
func (v View) OlderThan(age time.Duration) Table {
	const tick = 10 * time.Millisecond
	return v.Table.where(func(p Process) bool { return p.Start+uint64(age/tick) < v.Self.Start })
}
