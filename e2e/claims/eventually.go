package claims

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// blind is the panic of a look that had no answer.
type blind struct{ err error }

// amiss is the panic of a look that saw something else than it should.
type amiss struct{ message string }

// seen is must within a look that is repeated: without an answer it is looked again.
func seen[T any](value T, err error) T {
	did(err)
	return value
}

// did is seen for what has no answer but that it was done.
func did(err error) {
	if err != nil {
		panic(blind{err})
	}
}

// eventually looks again and again until all is as it should be. Time up is a contradiction only where the control, under the same load,
// was in time: on is a container where a fresh process must be seen soon.
func eventually(ctx context.Context, on *lab.Container, look func(g gomega.Gomega), words ...any) {
	ginkgo.GinkgoHelper()
	eventuallyWithin(ctx, lab.Timeouts.Observation, on.Pace, look, words...)
}

// eventuallyWithin is eventually with a time and a control of the claim's own.
func eventuallyWithin(ctx context.Context, within time.Duration, control func(context.Context) (time.Duration, error), look func(g gomega.Gomega), words ...any) {
	ginkgo.GinkgoHelper()
	deadline := time.Now().Add(within)
	for {
		saw, err := try(look)
		if saw == "" && err == nil {
			return
		}
		if ctx.Err() != nil {
			unobserved(reports.CauseTime, saying(words)+"the claim's time was up: "+orError(saw, err))
		}
		if time.Now().After(deadline) {
			break
		}
		pause(ctx)
	}
	inTime(ctx, within, control, words...)
	// What came late came.
	saw, err := try(look)
	if err != nil {
		done(err, words...)
	}
	if saw != "" {
		Fail(saying(words) + saw)
	}
}

// inTime ends the claim without a verdict where the control took half of the time or more: the load decides then.
func inTime(ctx context.Context, within time.Duration, control func(context.Context) (time.Duration, error), words ...any) {
	ginkgo.GinkgoHelper()
	took, err := control(ctx)
	evidence("control, when time was up", fmt.Sprintf("took %s of %s, error: %v", took.Round(time.Millisecond), within, err))
	if err != nil {
		done(err, "%sin vain for %s, and neither was the control in time", saying(words), within)
	}
	if took > within/2 {
		unobserved(reports.CauseTime, fmt.Sprintf("%sin vain for %s, and the control took %s too", saying(words), within, took.Round(time.Second/10)))
	}
}

// quietly looks again and again while nothing may change.
func quietly(ctx context.Context, look func(g gomega.Gomega), words ...any) {
	ginkgo.GinkgoHelper()
	for deadline := time.Now().Add(lab.Timeouts.Quiet); ; {
		saw, err := try(look)
		if err != nil {
			done(err, words...)
		}
		if saw != "" {
			Fail(saying(words) + saw)
		}
		if time.Now().After(deadline) {
			return
		}
		select {
		case <-ctx.Done():
			unobserved(reports.CauseTime, saying(words)+"the claim's time was up")
		case <-time.After(lab.Timeouts.QuietPoll):
		}
	}
}

// try looks once: what was not as it should be, or why there was no answer.
func try(look func(g gomega.Gomega)) (saw string, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case blind:
			err = p.err
		case amiss:
			saw = p.message
		default:
			panic(p)
		}
	}()
	look(gomega.NewGomega(func(message string, _ ...int) { panic(amiss{message}) }))
	return "", nil
}

func orError(saw string, err error) string {
	if err != nil {
		return err.Error()
	}
	return saw
}

func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(lab.Timeouts.Poll):
	}
}
