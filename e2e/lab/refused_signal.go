package lab

import (
	"context"
	"strings"

	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/reports"
)

// refusedByModule is the errno of a security module, or of a seccomp profile in its place. kill(2) itself refuses with EPERM alone.
const refusedByModule = "EACCES"

// moduleRefused is the error for a signal that a security module has refused: whose label, and what it was sent to; and for a look at a process where one hides
// them. nil for any other answer.
func (c *Container) moduleRefused(ctx context.Context, call Call, a probe.Answer) error {
	if looksAtProcess(call, a) {
		return c.hidden(ctx, a.Self)
	}
	// Signal 0 is sent by nobody who wants it to arrive: it asks.
	if a.Err != refusedByModule || len(call.Words) != 3 || call.Words[0] != "kill" || call.Words[1] == "0" {
		return nil
	}
	label := func(of string) string {
		file, err := c.Read(ctx, "/proc/"+of+"/attr/current")
		if text := strings.TrimRight(file.Text, "\x00\n "); err == nil && text != "" {
			return text
		}
		return "none that can be read"
	}
	pid := call.Words[2]
	return unobserved(reports.CauseLSM,
		"signal %s to PID %s is refused (EACCES, which kill(2) never answers by itself): the sender's label is %s, that of PID %s %s; the sender: %s",
		call.Words[1], pid, label("self"), pid, label(pid), a.Self.Credentials())
}

// ShellKill has a shell in the container send a signal, as the page's readers do, and returns how the shell ended. Where it was refused
// and a security module is why, that is the error.
func (c *Container) ShellKill(ctx context.Context, signal, pid string) (Result, error) {
	r, err := c.Run(ctx, "sh", "-c", "kill -$0 $1", signal, pid)
	if err != nil || r.ExitCode == 0 || r.ExitCode == killed {
		return r, err
	}
	again := Call{Words: []string{"kill", signal, pid}, As: c.as} // the shell's words differ; the errno does not
	if _, asked := c.Calls(ctx, again); CauseOf(asked) == reports.CauseLSM {
		return r, asked
	}
	return r, nil
}
