// Package diskfull turns "no space left on device", however deep it was met, into one sentence with a remedy.
package diskfull

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/gateproof/gateproof/clusters/run"
)

// Error says which folder is full. The cause, with all that was printed, is what it wraps.
type Error struct {
	Dir    string // the folder that was written to
	Free   uint64 // what its file system has left, bytes; failed commands tidy up
	Remedy string
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("no space left on device for %s (%d MB free now): %s", e.Dir, e.Free>>20, e.Remedy)
}

func (e *Error) Unwrap() error { return e.Err }

// Place is a folder that a step writes to, and what to do when it is full.
type Place struct {
	Dir    string
	Remedy string
}

// Explain returns err as it is, or, where it says that a disk is full, an *Error about the place with the least
// space left. Call it before what was half-made is removed. places is asked only then: to know them may take a command.
func Explain(err error, places func() []Place) error {
	var known *Error
	if err == nil || errors.As(err, &known) || !isFull(err) {
		return err
	}
	full := &Error{Free: ^uint64(0), Err: err}
	for _, p := range places() {
		if free, ok := freeBytes(p.Dir); ok && free < full.Free {
			full.Dir, full.Free, full.Remedy = p.Dir, free, p.Remedy
		}
	}
	if full.Dir == "" {
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

// freeBytes asks the file system of dir, or of its nearest folder that exists.
func freeBytes(dir string) (uint64, bool) {
	for {
		var st syscall.Statfs_t
		err := syscall.Statfs(dir, &st)
		if err == nil {
			return st.Bavail * uint64(st.Bsize), true
		}
		parent := filepath.Dir(dir)
		if !errors.Is(err, os.ErrNotExist) || parent == dir {
			return 0, false
		}
		dir = parent
	}
}
