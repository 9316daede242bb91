package progress

import (
	"bytes"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	. "github.com/onsi/gomega"
)

// screen plays what a renderer wrote to a terminal and returns what stands there: finished lines and the live line.
func screen(g Gomega, output string) []string {
	lines := []string{""}
	output = regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(output, "")
	for output != "" {
		last := &lines[len(lines)-1]
		switch {
		case strings.HasPrefix(output, clearLine):
			*last, output = "", output[len(clearLine):]
		case output[0] == '\n':
			lines, output = append(lines, ""), output[1:]
		default:
			g.Expect(output[0]).NotTo(BeElementOf(byte('\r'), byte(0x1b)))
			*last, output = *last+output[:1], output[1:]
		}
	}
	return lines
}

func TestTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		var out bytes.Buffer
		r := newTerminal(&out, func() int { return 60 })
		see := func() []string { synctest.Wait(); return screen(g, out.String()) }

		r.Sink(Event{Step: "boot on", State: Started})
		time.Sleep(time.Second + 10*time.Millisecond)
		r.Sink(Event{Step: "boot off", State: Started})
		g.Expect(see()).To(Equal([]string{"boot on 1.0s · boot off 0.0s"}))

		r.Sink(Event{Step: "boot off", State: Noted, Detail: "waiting for\nthe node"})
		time.Sleep(2 * time.Second)
		g.Expect(see()).To(Equal([]string{"boot on 3.0s · boot off 2.0s (waiting for)"}))

		r.Sink(Event{Step: "boot on", State: Done, Detail: "v1.16.15", Elapsed: 3010 * time.Millisecond})
		g.Expect(see()).To(Equal([]string{"✓ boot on  3.0s  v1.16.15", "boot off 2.0s (waiting for)"}))

		_, _ = r.Write([]byte("kind says\nhalf a "))
		g.Expect(see()).To(Equal([]string{"✓ boot on  3.0s  v1.16.15", "kind says", "boot off 2.0s (waiting for)"}))

		r.Sink(Event{Step: "boot off", State: Noted, Detail: strings.Repeat("long ", 20)})
		g.Expect(see()[2]).To(And(HavePrefix("boot off 2.0s (long"), HaveSuffix("…")))
		g.Expect([]rune(see()[2])).To(HaveLen(59))

		r.Sink(Event{Step: "boot off", State: Failed, Detail: "no kubelet\nsee log", Elapsed: 2 * time.Second})
		r.Close()
		r.Close()
		r.Sink(Event{Step: "late", State: Started})
		g.Expect(see()).To(Equal([]string{"✓ boot on  3.0s  v1.16.15", "kind says", "✗ boot off  2.0s  no kubelet", "    see log", "half a ", ""}))
	})
}

func TestTerminalTakesTheLiveLineAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		var out bytes.Buffer
		r := newTerminal(&out, func() int { return 60 })
		r.Sink(Event{Step: "same", State: Started})
		r.Sink(Event{Step: "same", State: Started})
		r.Sink(Event{Step: "same", State: Done})
		synctest.Wait()
		g.Expect(screen(g, out.String())).To(Equal([]string{"✓ same  0.0s", "same 0.0s"}))
		r.Close()
		g.Expect(screen(g, out.String())).To(Equal([]string{"✓ same  0.0s", ""}))
	})
}

func TestPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		var out bytes.Buffer
		r := Plain(&out)
		time.Sleep(12300 * time.Millisecond)
		r.Sink(Event{Step: "boot on", State: Started})
		r.Sink(Event{Step: "boot off", State: Started, Elapsed: time.Second})
		r.Sink(Event{Step: "boot on", State: Noted, Detail: "pulling"})
		time.Sleep(20 * time.Second)
		synctest.Wait()
		r.Sink(Event{Step: "boot on", State: Done, Detail: "v1.16.15", Elapsed: 20 * time.Second})
		_, _ = r.Write([]byte("kind says\n"))
		r.Sink(Event{Step: "boot off", State: Failed, Detail: "no kubelet\nsee log", Elapsed: 21 * time.Second})
		time.Sleep(time.Minute)
		synctest.Wait()
		r.Close()
		r.Close()
		r.Sink(Event{Step: "late", State: Started})
		g.Expect(strings.Split(out.String(), "\n")).To(Equal([]string{
			"[   12.3s] start: boot on",
			"[   12.3s] start: boot off",
			"[   12.3s] boot on: pulling",
			"[   30.0s] still under way: boot on (17.7s), boot off (18.7s)",
			"[   32.3s] done: boot on (20.0s) v1.16.15",
			"kind says",
			"[   32.3s] failed: boot off (21.0s) no kubelet",
			"    see log",
			"",
		}))
	})
}

func TestForPicksPlainForFiles(t *testing.T) {
	g := NewWithT(t)
	f, err := os.CreateTemp(t.TempDir(), "log")
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = f.Close() }()
	r := For(f)
	defer r.Close()
	g.Expect(r).To(BeAssignableToTypeOf(&plain{}))
}

func TestSmart(t *testing.T) {
	for _, test := range []struct {
		env   map[string]string
		smart bool
	}{
		{map[string]string{"TERM": "xterm-256color"}, true},
		{map[string]string{"TERM": "xterm", "CI": "false"}, true},
		{map[string]string{"TERM": "xterm", "CI": "true"}, false},
		{map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{map[string]string{"TERM": "dumb"}, false},
		{map[string]string{}, false},
	} {
		NewWithT(t).Expect(smart(func(k string) string { return test.env[k] })).To(Equal(test.smart), "%v", test.env)
	}
}

func TestStepsReachTheSink(t *testing.T) {
	g := NewWithT(t)
	var seen []Event
	ctx := With(t.Context(), func(e Event) { e.Elapsed = 0; seen = append(seen, e) })
	fail := func() (err error) {
		step := Start(ctx, "boot")
		defer step.End(&err)
		step.Note("half way")
		return errors.New("no kubelet")
	}
	g.Expect(fail()).NotTo(Succeed())
	Start(t.Context(), "silent").Done("")
	g.Expect(seen).To(Equal([]Event{
		{Step: "boot", State: Started}, {Step: "boot", State: Noted, Detail: "half way"}, {Step: "boot", State: Failed, Detail: "no kubelet"},
	}))
}
