// Package group starts a command with all that it will start as one group, so that a signal reaches all of it, and the terminal's Ctrl-C none.
package group

import (
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// Own gives the command, which is not started yet, a group of its own.
func Own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
}

// Interrupt asks the command and its children to stop, as Ctrl-Break does; Go's programs take that for an interrupt.
func Interrupt(cmd *exec.Cmd) error {
	return windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(cmd.Process.Pid))
}

// Terminate asks the command and its children to end.
func Terminate(cmd *exec.Cmd) error { return Interrupt(cmd) }

// Kill ends the command and its children.
func Kill(cmd *exec.Cmd) error {
	return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
}
