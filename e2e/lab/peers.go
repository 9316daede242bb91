package lab

import (
	"context"
	"errors"
	"fmt"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// ServePeers starts a process in the container that serves the socket at path, and tells whoever connects who that is and who has signalled it.
func (c *Container) ServePeers(ctx context.Context, path string) (Process, error) {
	return c.hold(ctx, probe.Held, []string{ProbePath, "deaf"}, "peers", path)
}

// Peers connects to the socket at path, and returns what both sides are told, and who asked.
func (c *Container) Peers(ctx context.Context, path string) (probe.Peers, probe.Self, error) {
	answers, err := c.Calls(ctx, Call{Words: []string{"peer", path}})
	if err != nil {
		return probe.Peers{}, probe.Self{}, err
	}
	a := answers[0]
	if a.Err != "" || a.Peers == nil {
		return probe.Peers{}, a.Self, fmt.Errorf("connecting to %s in %s: %w", path, c, errors.New(a.Err))
	}
	return *a.Peers, a.Self, nil
}

// ToMessage sends one to the message queue of a process of ServePeers, by its word.
func ToMessage(word string) Call { return Call{Words: []string{"message", word}} }
