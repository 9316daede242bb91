package lab

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// Process is one process in one view.
type Process struct {
	probe.Process
	Word     string // its random word, where it was started with one
	Asked    bool   // a question of the suite's has started it and waits for it
	Stranger bool   // it is in a container that admission has added
}

// ID tells processes apart: a PID alone may be another process' by now.
type ID struct {
	PID   int
	Start uint64 // clock ticks since boot
}

// ID is the process' identity in this view.
func (p Process) ID() ID { return ID{p.PID, p.Start} }

// Command is the command line as ps prints it.
func (p Process) Command() string { return strings.Join(p.Argv, " ") }

func (p Process) String() string {
	return fmt.Sprintf("PID %d (start %d, uid %d) %s", p.PID, p.Start, p.UID, p.shown())
}

// shown is the command line, or the name of a process that has none: a zombie's, a kernel thread's.
func (p Process) shown() string {
	shown := p.Command()
	if shown == "" {
		shown = "[" + p.Comm + "]"
	}
	if p.Stranger {
		shown += " (of a container that admission added)"
	}
	return shown
}

// Ours says that the process is the suite's own: its probe, or what that waits for.
func (p Process) Ours() bool {
	return p.Asked || slices.ContainsFunc(p.Argv, func(a string) bool { return strings.HasPrefix(a, ProbePath) })
}

// Table is every process that one container sees.
type Table []Process

// Processes lists what the container sees in its /proc.
func (c *Container) Processes(ctx context.Context) (Table, error) {
	v, err := c.Look(ctx)
	return v.Table, err
}

func (c *Container) tableOf(ctx context.Context, a probe.Answer) (Table, error) {
	var t Table
	for _, p := range a.Processes {
		t = append(t, Process{Process: p})
	}
	if !slices.ContainsFunc(t, func(p Process) bool { return p.ID() == ID{a.Self.PID, a.Self.Start} }) {
		return nil, fmt.Errorf("the probe in %s does not find itself in its own /proc: it cannot tell what is visible there", c)
	}
	slices.SortFunc(t, func(a, b Process) int { return a.PID - b.PID })
	t.markAsked()
	return t, c.Pod.markStrangers(ctx, t)
}

func (t Table) where(keep func(Process) bool) Table {
	var out Table
	for _, p := range t {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// Theirs leaves the suite's own processes out, and strangers.
func (t Table) Theirs() Table {
	return t.where(func(p Process) bool { return !p.Ours() && !p.Stranger })
}

// WithWord finds processes whose command line holds word.
func (t Table) WithWord(word string) Table {
	return t.where(func(p Process) bool { return slices.Contains(p.Argv, word) })
}

// StartedAt finds processes by start time: it is the same from every view.
func (t Table) StartedAt(start uint64) Table {
	return t.where(func(p Process) bool { return p.Start == start })
}

// ChildrenOf finds the children of a PID.
func (t Table) ChildrenOf(pid int) Table {
	return t.where(func(p Process) bool { return p.PPID == pid })
}

// PID finds one process by number.
func (t Table) PID(pid int) (Process, bool) {
	for _, p := range t {
		if p.PID == pid {
			return p, true
		}
	}
	return Process{}, false
}

// IDs are the identities of all.
func (t Table) IDs() []ID {
	out := make([]ID, 0, len(t))
	for _, p := range t {
		out = append(out, p.ID())
	}
	return out
}

// UnusedPID is a number that no process in the table has, and that the kernel will not give out soon.
func (t Table) UnusedPID() int {
	for n := 30000; ; n-- {
		if _, used := t.PID(n); !used {
			return n
		}
	}
}

func (t Table) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PID\tPPID\tUID\tSTART\tSTATE\tCOMMAND")
	for _, p := range t {
		fmt.Fprintln(w, strings.Join([]string{strconv.Itoa(p.PID), strconv.Itoa(p.PPID), strconv.Itoa(p.UID),
			strconv.FormatUint(p.Start, 10), p.State, p.shown()}, "\t"))
	}
	_ = w.Flush() // a Builder takes everything
	return b.String()
}
