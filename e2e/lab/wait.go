package lab

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/reports"
)

// notYet is an answer that could not be had this time: poll asks again, and says in the end why it was not.
type notYet struct{ error }

// poll asks until the answer is yes. Its error says what was awaited and what was seen last.
func poll(ctx context.Context, within time.Duration, what string, ask func() (ok bool, last string, err error)) error {
	deadline := time.Now().Add(within)
	for {
		ok, last, err := ask()
		var again notYet
		cause := reports.CauseTime
		if errors.As(err, &again) {
			last, cause, err = again.Error(), causeOrTime(again.error), nil
		}
		if err != nil {
			return fmt.Errorf("waiting for %s: %w", what, err)
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return unobserved(cause, "waited %s for %s; last seen: %s", within, what, last)
		}
		select {
		case <-ctx.Done():
			return unobserved(cause, "waiting for %s; last seen: %s: %w", what, last, context.Cause(ctx))
		case <-time.After(Timeouts.Poll):
		}
	}
}

// causeOrTime is an error's cause, or that time was up.
func causeOrTime(err error) reports.Cause {
	if cause := CauseOf(err); cause != reports.CauseOther {
		return cause
	}
	return reports.CauseTime
}

func alreadyExists(err error) bool { return apierrors.IsAlreadyExists(err) }
func notFound(err error) bool      { return apierrors.IsNotFound(err) }
