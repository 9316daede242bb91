package lab

import (
	"context"

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
