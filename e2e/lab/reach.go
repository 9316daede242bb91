package lab

import (
	"context"
	"fmt"
	"math/rand/v2"
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

// awaited is how long this process has waited for API servers before its claims, which come one after the other.
var awaited time.Duration

// AwaitServer waits while the API server is out of reach, so that an outage costs the claims that it meets, and not all that come
// after them. It waits for Timeouts.Outage in all; what is out of reach even then is the claim's to say.
func (b *Bench) AwaitServer(ctx context.Context) {
	began := time.Now()
	_ = poll(ctx, Timeouts.Outage-awaited, "the API server to be in reach", func() (bool, string, error) {
		_, err := b.Client.Discovery().ServerVersion()
		return CauseOf(err) != reports.CauseAPIServer, fmt.Sprint(err), nil
	})
	awaited += time.Since(began)
}
