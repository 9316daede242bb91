package lab

import (
	"context"
	"math/rand/v2"
	"time"
)

// Reach makes a first request, and makes it again while it fails: a credential plugin may not like to be called by all processes of a
// run at once. What it has given is kept by the client.
func (b *Bench) Reach(ctx context.Context) error {
	return poll(ctx, Timeouts.Reach, "the API server to answer", func() (bool, string, error) {
		_, err := b.Client.Discovery().ServerVersion()
		if err == nil {
			return true, "", nil
		}
		pause := time.Duration(rand.Int64N(int64(time.Second))) // not in step with the others
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		return false, "", notYet{err}
	})
}
