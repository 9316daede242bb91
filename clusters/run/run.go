// Package run starts the programs that gateproof drives (docker, apt-get, go, mmdebstrap, ...).
// A failure names the command, ready to paste into a shell, and the end of what it printed.
package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/run/group"
)

// TermGrace is how long a cancelled command may take to tidy up after SIGTERM before it is killed.
const TermGrace = 5 * time.Second

// Cmd is one program to run. The zero values of the optional fields mean: this folder, this environment, no input.
type Cmd struct {
	Argv   []string
	Dir    string
	Env    []string  // added to this process's environment, KEY=VALUE
	Stdin  io.Reader // what the program reads
	Stdout io.Writer // set: output goes there and Run returns ""
	Log    io.Writer // set: a copy of stdout and stderr as they come
}

// Output runs argv in this folder and returns its standard output.
func Output(ctx context.Context, argv ...string) (string, error) {
	return Cmd{Argv: argv}.Run(ctx)
}

// Run waits for the command to end. On failure the error is an *Error; when ctx ended first,
// the whole process group is stopped and the error also wraps ctx's cause.
func (c Cmd) Run(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", context.Cause(ctx)
	}
	cmd := exec.CommandContext(ctx, c.Argv[0], c.Argv[1:]...)
	cmd.Dir = c.Dir
	cmd.Env = append(os.Environ(), c.Env...)
	cmd.Stdin = c.Stdin
	// A group of its own: Ctrl-C on the terminal reaches us alone, and we stop all of it at once.
	group.Own(cmd)
	cmd.Cancel = func() error { return group.Terminate(cmd) }
	cmd.WaitDelay = TermGrace

	var out, all bytes.Buffer
	copies := []io.Writer{&all}
	if c.Log != nil {
		copies = append(copies, c.Log)
	}
	tee := &locked{w: io.MultiWriter(copies...)}
	cmd.Stderr = tee
	if c.Stdout != nil {
		cmd.Stdout = c.Stdout
	} else {
		cmd.Stdout = io.MultiWriter(&out, tee)
	}

	err := cmd.Run()
	if cmd.Process != nil && ctx.Err() != nil {
		_ = group.Kill(cmd) // what did not heed SIGTERM
	}
	if err == nil {
		return out.String(), nil
	}
	if ctx.Err() != nil {
		err = errors.Join(context.Cause(ctx), err)
	}
	return out.String(), &Error{Argv: c.Argv, Dir: c.Dir, Output: all.String(), Err: err}
}

// Error says which command failed, how, and what it printed.
type Error struct {
	Argv   []string
	Dir    string
	Output string
	Err    error
}

// maxTail bounds how much of a command's output an error message repeats, in bytes.
const maxTail = 2000

func (e *Error) Error() string {
	s := fmt.Sprintf("command %q", Pretty(e.Argv))
	if e.Dir != "" {
		s += " in " + e.Dir
	}
	s += ": " + e.Err.Error()
	if tail := Tail(e.Output, maxTail); tail != "" {
		s += "\n  it printed:\n" + indent(tail)
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Pretty renders argv so that it can be pasted into a shell.
func Pretty(argv []string) string {
	words := make([]string, len(argv))
	for i, a := range argv {
		words[i] = a
		if a == "" || strings.ContainsAny(a, " \t\n'\"\\$`*?[]{}()<>|&;#~!") {
			words[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

// Tail returns the last n bytes of s, from the start of a line where one fits.
func Tail(s string, n int) string {
	s = strings.TrimSpace(s)
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	if i := strings.IndexByte(s, '\n'); i >= 0 && i < len(s)-1 {
		s = s[i+1:]
	}
	return "[...]\n" + s
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(s, "\n", "\n    ")
}
