package progress

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// heartbeat is how often Plain names the steps under way, so that a log that stands still says what it waits for.
const heartbeat = 30 * time.Second

// Plain writes a line per event, stamped with the seconds since the renderer was made.
func Plain(w io.Writer) Renderer {
	p := &plain{w: w, start: time.Now(), stop: make(chan struct{})}
	p.stopped.Go(p.beat)
	return p
}

type plain struct {
	mu      sync.Mutex
	w       io.Writer
	start   time.Time
	steps   underWay
	stop    chan struct{}
	stopped sync.WaitGroup
	closed  bool
}

func (p *plain) Sink(e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.steps.apply(e, time.Now())
	detail := indent(e.Detail)
	switch e.State {
	case Started:
		p.line("start: %s", e.Step)
	case Noted:
		p.line("%s: %s", e.Step, detail)
	case Done:
		p.line("done: %s (%s) %s", e.Step, tenths(e.Elapsed), detail)
	case Failed:
		p.line("failed: %s (%s) %s", e.Step, tenths(e.Elapsed), detail)
	}
}

func (p *plain) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.w.Write(b)
}

func (p *plain) Close() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.closed = true
	p.mu.Unlock()
	close(p.stop)
	p.stopped.Wait()
}

func (p *plain) beat() {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-tick.C:
			p.mu.Lock()
			var words []string
			for _, s := range p.steps {
				words = append(words, fmt.Sprintf("%s (%s)", s.name, tenths(time.Since(s.start))))
			}
			if len(words) > 0 {
				p.line("still under way: %s", strings.Join(words, ", "))
			}
			p.mu.Unlock()
		}
	}
}

func (p *plain) line(format string, args ...any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	_, _ = fmt.Fprintf(p.w, "[%7.1fs] %s\n", time.Since(p.start).Seconds(), text)
}

// indent puts the further lines of a detail under its first.
func indent(detail string) string {
	return strings.ReplaceAll(strings.TrimSpace(detail), "\n", "\n    ")
}
