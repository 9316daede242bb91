package lab

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// poll asks until the answer is yes. Its error says what was awaited and what was seen last.
func poll(ctx context.Context, within time.Duration, what string, ask func() (ok bool, last string, err error)) error {
	deadline := time.Now().Add(within)
	for {
		ok, last, err := ask()
		if err != nil {
			return fmt.Errorf("waiting for %s: %w", what, err)
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %s for %s; last seen: %s", within, what, last)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s; last seen: %s: %w", what, last, context.Cause(ctx))
		case <-time.After(Timeouts.Poll):
		}
	}
}

func alreadyExists(err error) bool { return apierrors.IsAlreadyExists(err) }
func notFound(err error) bool      { return apierrors.IsNotFound(err) }
