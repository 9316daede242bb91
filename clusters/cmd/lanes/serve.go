package main

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/up"
)

// serveCommand runs in the background while lanes are kept: runs that come and go share its images.
func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:    up.ServeVerb,
		Short:  "Serve the workload images to the kept lanes",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return up.ServeKept(cmd.Context()) },
	}
}

// serveInBackground starts this program's serveCommand in a session of its own.
func serveInBackground() (pid int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(self, up.ServeVerb)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	pid = cmd.Process.Pid // Release forgets it
	return pid, cmd.Process.Release()
}
