package claims

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

var stdioHoldsNoContainer = claim.Claim{
	ID:       "stdio-holds-no-container",
	Title:    "a daemon that keeps its container's stdout open does not hold the container: it ends, and the container is restarted",
	Promise:  claim.Promise{From: "CRI, StopContainer", Text: "the runtime must forcibly kill the container; who waits for the end of its output alone waits for the daemon"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"stop-ends-every-process.yaml"},
	Shared: claim.Side{
		Observe: "a daemon of the first process keeps stdout and stderr, and a lock; the first process exits, and at its restart, in time, the container finds that lock free, and the one that the neighbour's daemon holds taken; the neighbour no longer sees the daemon",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemon, table := daemonEndsWithItsContainer(ctx, b, talkative, func(seen lab.Table, daemon lab.Process) {
				Control(seen.WithWord(daemon.Word)).To(HaveLen(1), "control: neighbour should see mortal's daemon; it sees:\n%s", seen)
			})
			Expect(table.WithWord(daemon.Word)).To(BeEmpty(), "mortal's daemon, PID %d, which keeps its stdout, lives on after its container's end; neighbour sees:\n%s", daemon.PID, table)
		},
	},
	Isolated: claim.Side{
		Observe: "the same locks, found the same way, in time: the daemon's is free at the restart, the neighbour's is taken",
		Check: func(ctx context.Context, b *lab.Bench) {
			daemonEndsWithItsContainer(ctx, b, talkative, func(seen lab.Table, daemon lab.Process) {
				Expect(seen.WithWord(daemon.Word)).To(BeEmpty(), "neighbour should not see mortal's daemon; it sees:\n%s", seen)
			})
		},
	},
}

// talkative starts a daemon that keeps stdout and stderr, and makes sure that it has.
func talkative(c *lab.Container, ctx context.Context, lock string) (lab.Process, error) {
	daemon, err := c.TalkativeDaemon(ctx, lock)
	if err != nil {
		return daemon, err
	}
	kept, first := stdoutOf(ctx, c, daemon), stdoutOf(ctx, c, must(c.First(ctx)))
	evidence("stdout of the daemon in "+c.Name, kept)
	Control(kept).To(Equal(first), "control: the daemon's stdout should be that of %s's first process", c.Name)
	return daemon, nil
}

func stdoutOf(ctx context.Context, c *lab.Container, p lab.Process) string {
	target, refused, err := c.Link(ctx, fmt.Sprintf("/proc/%d/fd/1", p.PID))
	done(err)
	Control(refused).To(BeEmpty(), "control: %s should be able to read where stdout of its own process %d leads", c, p.PID)
	return target
}
