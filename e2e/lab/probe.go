package lab

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// ask has the probe in the container answer. An answer that does not come, or not whole, is asked for again, by an exec: that can lose
// output and still say 0, and what is missing must never read as "not visible". By the nonce the probe knows that it is asked again, and
// sends no signal twice.
func (c *Container) ask(ctx context.Context, args ...string) (probe.Answer, error) {
	var answer probe.Answer
	helper, err := c.bringProbe(ctx)
	if err != nil {
		return answer, err
	}
	argv := slices.Concat([]string{ProbePath, Word()}, c.as.words("as"), args)
	err = poll(ctx, Timeouts.ProbeAnswer, fmt.Sprintf("the probe's answer to %q in %s", args, c), func() (bool, string, error) {
		r, err := c.answerOf(ctx, helper, argv)
		helper = nil
		if err != nil {
			return false, "", notYet{err}
		}
		if r.ExitCode != 0 {
			return false, "", fmt.Errorf("%s", r)
		}
		answer, err = probe.Unframe(argv[1], []byte(r.Stdout))
		return err == nil, fmt.Sprint(err), nil
	})
	return answer, c.attributeExec(ctx, err)
}

// answerOf is how argv ends in the container: asked of the helper first, where there is one.
func (c *Container) answerOf(ctx context.Context, h *helper, argv []string) (Result, error) {
	if h != nil {
		if r, err := h.ask(ctx, argv); err == nil {
			return r, nil
		}
	}
	return c.Run(ctx, argv...)
}

// Link is where a symbolic link leads, as read in the container; errName is the error's name, "" for success.
func (c *Container) Link(ctx context.Context, path string) (target, errName string, err error) {
	a, err := c.call(ctx, Call{Words: []string{"readlink", path}})
	return a.Text, a.Err, err
}

// Self is what a process that exec starts in the container says of itself: namespaces, uid, capabilities.
func (c *Container) Self(ctx context.Context) (probe.Self, error) {
	a, err := c.ask(ctx, "table")
	return a.Self, err
}

// Kill sends a signal (HUP, TERM, ...) from the container; the answer is the error's name, "" for success.
func (c *Container) Kill(ctx context.Context, signal string, pid int) (errName string, err error) {
	a, err := c.call(ctx, ToKill(signal, pid))
	return a.Err, err
}

// Trace attaches to a process with ptrace(2) from the container and lets it go; the answer is the error's name, "" for success.
func (c *Container) Trace(ctx context.Context, pid int) (errName string, err error) {
	a, err := c.call(ctx, ToTrace(pid))
	return a.Err, err
}

// File is a file as read in a container.
type File struct {
	Path   string
	Err    string // the error's name, "" for success
	SHA256 string
	Size   int64  // bytes
	Text   string // its beginning, 4096 bytes at most
}

// Read reads a file in the container. One that cannot be read is an answer, not an error.
func (c *Container) Read(ctx context.Context, path string) (File, error) {
	a, err := c.call(ctx, ToRead(path))
	return File{Path: path, Err: a.Err, SHA256: a.SHA256, Size: a.Size, Text: a.Text}, err
}

// Hold starts a process in the container whose command line holds a random word, and returns it as the container itself sees it.
func (c *Container) Hold(ctx context.Context) (Process, error) { return c.hold(ctx, probe.Held, nil) }

// hold starts the probe's hold by the words of before, with more arguments, and waits until it has taken the name.
func (c *Container) hold(ctx context.Context, name string, before []string, more ...string) (Process, error) {
	return c.holdBy(ctx, Word(), name, before, more...)
}

func (c *Container) holdBy(ctx context.Context, word, name string, before []string, more ...string) (Process, error) {
	argv := slices.Concat(before, c.as.words(ProbePath, "exec"), []string{ProbePath, "hold", word}, more)
	a, err := c.self().ask(ctx, slices.Concat([]string{"start", name, word}, argv)...)
	if err != nil {
		return Process{}, err
	}
	if len(a.Processes) != 1 {
		return Process{}, fmt.Errorf("process %s, started in %s, should be there once; there are: %+v", word, c, a.Processes)
	}
	if a.Processes[0].Comm != name { // a slow machine
		return c.waitForHeld(ctx, word, func(p Process) bool { return p.Comm == name })
	}
	return Process{Process: a.Processes[0], Word: word}, nil
}

// waitForHeld waits until the container sees the process that holds word as it shall be.
func (c *Container) waitForHeld(ctx context.Context, word string, as func(Process) bool) (Process, error) {
	var found Process
	err := poll(ctx, Timeouts.Observation, fmt.Sprintf("process %s to appear in %s, its own container", word, c), func() (bool, string, error) {
		table, err := c.Processes(ctx)
		if err != nil {
			return false, "", err
		}
		// One that is still becoming another user, or a daemon, is not what was asked for.
		matches := table.WithWord(word).where(func(p Process) bool { return len(p.Argv) > 1 && p.Argv[1] == "hold" && as(p) })
		if len(matches) != 1 {
			return false, fmt.Sprintf("%d processes with the word as they shall be, in:\n%s", len(matches), table), nil
		}
		found = matches[0]
		found.Word = word
		return true, "", nil
	})
	return found, err
}

// Word is a random word that no command line holds by chance.
func Word() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return "gp" + hex.EncodeToString(b)
}
