package lab

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/gateproof/gateproof/reports"
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

// outage is how long this process has waited for API servers that were out of reach.
var outage atomic.Int64

// AwaitServer waits while the API server is out of reach, so that an outage costs the claims that it meets, and not all that come
// after them. It waits for Timeouts.Outage in all; what is out of reach even then is the claim's to say.
func (b *Bench) AwaitServer(ctx context.Context) {
	for ctx.Err() == nil && time.Duration(outage.Load()) < Timeouts.Outage {
		began := time.Now()
		if _, err := b.Client.Discovery().ServerVersion(); CauseOf(err) != reports.CauseAPIServer {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
		outage.Add(int64(time.Since(began)))
	}
}
