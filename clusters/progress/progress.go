// Package progress tells a person what long work is going on: each step is named when it starts and
// again when it ends, with the time it took. On a terminal one live line shows the steps under way.
package progress

import (
	"context"
	"strings"
	"sync"
	"time"
)

// State is what an Event says of its step.
type State string

// The states of a step.
const (
	Started State = "started"
	Noted   State = "noted" // news of a step under way
	Done    State = "done"
	Failed  State = "failed"
)

// Event is one piece of news.
type Event struct {
	Step    string        `json:"step"`
	State   State         `json:"state"`
	Detail  string        `json:"detail,omitempty"`
	Elapsed time.Duration `json:"elapsed,omitempty"` // since the step started, nanoseconds
}

// Sink takes events, in order; it may be called from several goroutines.
type Sink func(Event)

// Tee tells each event to several sinks.
func Tee(sinks ...Sink) Sink {
	return func(e Event) {
		for _, s := range sinks {
			s(e)
		}
	}
}

type key struct{}

// With returns a context whose steps are told to sink.
func With(ctx context.Context, sink Sink) context.Context {
	return context.WithValue(ctx, key{}, sink)
}

// Step is a piece of work under way.
type Step struct {
	ctx   context.Context // tells a step that was stopped from one that failed
	name  string
	start time.Time
	sink  Sink
	once  sync.Once
}

// Start announces a step. Without a sink in ctx the step is silent.
func Start(ctx context.Context, name string) *Step {
	sink, _ := ctx.Value(key{}).(Sink)
	if sink == nil {
		sink = func(Event) {}
	}
	s := &Step{ctx: ctx, name: name, start: time.Now(), sink: sink}
	sink(Event{Step: name, State: Started})
	return s
}

// Note adds a word about how the step goes on.
func (s *Step) Note(detail string) {
	s.sink(Event{Step: s.name, State: Noted, Detail: detail, Elapsed: time.Since(s.start)})
}

// Done ends the step; detail may be empty. Only the first of Done, Fail and End counts.
func (s *Step) Done(detail string) { s.end(Done, detail) }

// Fail ends the step as failed, with the error's first line: whoever gets the error shows it whole. One that was only
// stopped is no failure of its own.
func (s *Step) Fail(err error) {
	if s.ctx.Err() != nil {
		s.end(Done, "stopped")
		return
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	s.end(Failed, first)
}

// End is for defer: it ends the step by the error that the function is about to return.
func (s *Step) End(err *error) {
	if *err != nil {
		s.Fail(*err)
		return
	}
	s.Done("")
}

func (s *Step) end(state State, detail string) {
	s.once.Do(func() {
		s.sink(Event{Step: s.name, State: state, Detail: detail, Elapsed: time.Since(s.start)})
	})
}
