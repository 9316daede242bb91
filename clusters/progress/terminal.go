package progress

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// frame is how often the live line is drawn anew.
const frame = 200 * time.Millisecond

// clearLine goes to the start of the line and empties it.
const clearLine = "\r\x1b[K"

const (
	greenMark = "\x1b[32m✓\x1b[0m"
	redMark   = "\x1b[31m✗\x1b[0m"
)

// Terminal shows one live line with the steps under way; each step that ends leaves a line above it.
func Terminal(w io.Writer) Renderer {
	width := func() int { return 80 }
	if f, ok := w.(interface{ Fd() uintptr }); ok {
		width = func() int {
			if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
				return n
			}
			return 80
		}
	}
	return newTerminal(w, width)
}

type terminal struct {
	mu      sync.Mutex
	w       io.Writer
	width   func() int
	steps   underWay
	partial []byte // what was written after the last line end
	live    bool   // the live line is on the screen
	stop    chan struct{}
	stopped sync.WaitGroup
	closed  bool
}

func newTerminal(w io.Writer, width func() int) *terminal {
	t := &terminal{w: w, width: width, stop: make(chan struct{})}
	t.stopped.Go(func() {
		tick := time.NewTicker(frame)
		defer tick.Stop()
		for {
			select {
			case <-t.stop:
				return
			case <-tick.C:
				t.mu.Lock()
				t.draw("")
				t.mu.Unlock()
			}
		}
	})
	return t
}

func (t *terminal) Sink(e Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.steps.apply(e, time.Now())
	above := ""
	switch e.State {
	case Done:
		above = final(greenMark, e)
	case Failed:
		above = final(redMark, e)
	}
	t.draw(above)
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.partial = append(t.partial, p...)
	if i := bytes.LastIndexByte(t.partial, '\n'); i >= 0 {
		t.draw(string(t.partial[:i+1]))
		t.partial = append([]byte(nil), t.partial[i+1:]...)
	}
	return len(p), nil
}

func (t *terminal) Close() {
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		return
	}
	t.closed = true
	t.steps = nil
	if len(t.partial) > 0 {
		t.partial = append(t.partial, '\n')
	}
	t.draw(string(t.partial))
	t.mu.Unlock()
	close(t.stop)
	t.stopped.Wait()
}

// draw puts lines above the live line and draws that anew, in one write: no flicker.
func (t *terminal) draw(above string) {
	line := liveLine(t.steps, time.Now(), t.width()-1) // the last column makes some terminals wrap
	if above == "" && line == "" && !t.live {
		return
	}
	out := above + line
	if t.live {
		out = clearLine + out
	}
	t.live = line != ""
	_, _ = io.WriteString(t.w, out)
}

// final is the line that a step leaves; further lines of its detail are indented under it.
func final(mark string, e Event) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(e.Detail), "\n")
	s := strings.TrimRight(fmt.Sprintf("%s %s  %s  %s", mark, e.Step, tenths(e.Elapsed), first), " ") + "\n"
	if rest != "" {
		s += "    " + strings.ReplaceAll(rest, "\n", "\n    ") + "\n"
	}
	return s
}

// liveLine names the steps under way with the time each has taken, in at most width characters.
func liveLine(steps underWay, now time.Time, width int) string {
	var words []string
	for _, s := range steps {
		word := s.name + " " + tenths(now.Sub(s.start))
		if s.note != "" {
			note, _, _ := strings.Cut(s.note, "\n")
			word += " (" + note + ")"
		}
		words = append(words, word)
	}
	line := strings.Join(words, " · ")
	if utf8.RuneCountInString(line) > width {
		line = string([]rune(line)[:max(0, width-1)]) + "…"
	}
	return line
}

func tenths(d time.Duration) string { return fmt.Sprintf("%.1fs", d.Seconds()) }
