// Package diskfull turns "no space left on device", however deep it was met, into one sentence with a remedy.
package diskfull

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"github.com/gateproof/gateproof/clusters/room"
	"github.com/gateproof/gateproof/clusters/run"
)

// Error says which folder is full. The cause, with all that was printed, is what it wraps.
type Error struct {
	Dir    string // the folder that was written to
	Free   int64  // what its file system has left, bytes; failed commands tidy up. -1 where this machine cannot know
	Remedy string
	Err    error
}

func (e *Error) Error() string {
	free := ""
	if e.Free >= 0 {
		free = fmt.Sprintf(" (%d MB free now)", e.Free>>20)
	}
	return fmt.Sprintf("no space left on device for %s%s: %s", e.Dir, free, e.Remedy)
}

func (e *Error) Unwrap() error { return e.Err }

// Place is a folder that a step writes to, and what to do when it is full.
type Place struct {
	Dir       string // in words, if it is elsewhere
	Remedy    string
	Elsewhere bool // on another machine
}

// Explain returns err as it is, or, where it says that a disk is full, an *Error about the place with the least
// space left. Call it before what was half-made is removed. places is asked only then: to know them may take a command.
func Explain(err error, places func() []Place) error {
	var known *Error
	if err == nil || errors.As(err, &known) || !isFull(err) {
		return err
	}
	var full *Error
	for _, p := range places() {
		free, ok := int64(-1), true
		if !p.Elsewhere {
			free, ok = room.At(p.Dir)
		}
		if ok && (full == nil || free < full.Free) {
			full = &Error{Dir: p.Dir, Free: free, Remedy: p.Remedy, Err: err}
		}
	}
	if full == nil {
		return err
	}
	return full
}

// signs are what programs say of a full disk, in lower case; the last is apt-get's, before it downloads.
var signs = []string{"no space left on device", "disk quota exceeded", "don't have enough free space"}

func isFull(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return true
	}
	text := err.Error()
	var cmd *run.Error
	if errors.As(err, &cmd) {
		text = cmd.Output
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(text, sign) })
}
