package progress

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// Renderer shows events to a person. Its Sink method is a Sink. What else goes to the same writer while it works
// is written through it, in whole lines, so that it doesn't run into the live line.
type Renderer interface {
	io.Writer
	// Sink takes an event; after Close it does nothing.
	Sink(Event)
	// Close stops what runs in the background and takes away the live line. A second call does nothing.
	Close()
}

// For picks Terminal where f is a terminal that can take a line back, and Plain everywhere else: in files and pipes,
// with NO_COLOR or TERM=dumb, and in CI, where a log keeps every frame.
func For(f *os.File) Renderer {
	if term.IsTerminal(int(f.Fd())) && smart(os.Getenv) {
		return Terminal(f)
	}
	return Plain(f)
}

func smart(getenv func(string) string) bool {
	ci := getenv("CI")
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && getenv("TERM") != "" && (ci == "" || ci == "false")
}

// underWay is the steps that have started and not ended, in the order of their starts. Lanes work at the same time,
// so there are several, and two may have one name.
type underWay []*active

type active struct {
	name  string
	note  string
	start time.Time
}

// apply brings the list up to date.
func (u *underWay) apply(e Event, now time.Time) {
	i := 0
	for i < len(*u) && (*u)[i].name != e.Step {
		i++
	}
	found := i < len(*u)
	switch e.State {
	case Started:
		*u = append(*u, &active{name: e.Step, start: now.Add(-e.Elapsed)})
	case Noted:
		if found {
			(*u)[i].note = e.Detail
		}
	case Done, Failed:
		if found {
			*u = append((*u)[:i:i], (*u)[i+1:]...)
		}
	}
}
