//go:build unix

// Package group starts a command with all that it will start as one group, so that a signal reaches all of it, and the terminal's Ctrl-C none.
package group

import (
	"os/exec"
	"syscall"
)

// Own gives the command, which is not started yet, a group of its own.
func Own(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Interrupt asks the command and its children to stop, as Ctrl-C does.
func Interrupt(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }

// Terminate asks the command and its children to end.
func Terminate(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }

// Kill ends the command and its children.
func Kill(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
