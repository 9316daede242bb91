package doctor

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/clusters/lane"
)

// Checked is a lane and what was found for it.
type Checked struct {
	Lane     lane.Lane
	Image    string // how its node image is had
	Findings []Finding
}

// Runs says that nothing keeps the lane from running.
func (c Checked) Runs() bool {
	for _, f := range c.Findings {
		if f.Fatal {
			return false
		}
	}
	return true
}

// Print shows the host, and lane by lane what it can run.
func Print(w io.Writer, h Host, lanes []Checked) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "The engine's machine")
	line := func(name, format string, args ...any) {
		fmt.Fprintf(t, "  %s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	line("engine", "%s", h.Engine)
	line("cgroup", "version %s", h.Cgroup)
	line("processors", "%d", h.CPUs)
	line("memory", "%s, %s free", size(h.Memory), size(h.FreeMemory))
	for _, d := range h.Disks {
		line("disk", "%s free at %s, for %s", size(d.Free), d.Dir, d.For)
	}
	for _, s := range h.Kernel {
		value := s.Value
		if s.Note != "" {
			value += " (" + s.Note + ")"
		}
		line(s.Name, "%s", value)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w, "\nLanes")
	var notes []string // each once, however many lanes it is about
	for _, c := range lanes {
		can := "runs"
		if !c.Runs() {
			can = "CANNOT RUN"
		}
		for _, f := range c.Findings {
			note := f.String()
			if !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
			can += fmt.Sprintf(" (%d)", 1+slices.Index(notes, note))
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", c.Lane.Name, strings.Join(c.Lane.Versions(), " "), can, c.Image)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for i, note := range notes {
		fmt.Fprintf(w, "  (%d) %s\n", 1+i, note)
	}
	return nil
}
