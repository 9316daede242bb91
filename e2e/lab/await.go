package lab

import (
	"context"
	"time"
)

// Await looks again and again until what it sees is right, and returns what it saw last. What to say of a last look
// that is not right is the claim's matter; an error is one of looking, or the end of ctx.
func Await[T any](ctx context.Context, within time.Duration, look func(context.Context) (T, error), right func(T) bool) (T, error) {
	deadline := time.Now().Add(within)
	for {
		seen, err := look(ctx)
		if err != nil || right(seen) || time.Now().After(deadline) {
			return seen, err
		}
		select {
		case <-ctx.Done():
			return seen, context.Cause(ctx)
		case <-time.After(Timeouts.Poll):
		}
	}
}
