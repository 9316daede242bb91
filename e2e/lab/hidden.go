package lab

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/gateproof/gateproof/fixtures/probe"
	"github.com/gateproof/gateproof/reports"
)

// ofProcess are the files of a process that ptrace(2)'s rules protect, and the security modules that join in them.
var ofProcess = regexp.MustCompile(`^/proc/[0-9]+/(root|cwd|exe|fd|ns|environ|maps|mem)(/|$)`)

// looksAtProcess says that the call is one that ptrace(2)'s rules decide, and that it was refused.
func looksAtProcess(call Call, a probe.Answer) bool {
	switch call.Words[0] {
	case "read", "readlink":
		return a.Err == "EACCES" && ofProcess.MatchString(call.Words[1])
	case "attach":
		return a.Err == "EPERM" || a.Err == "EACCES"
	}
	return false
}

// hidden is the error where a security module keeps the container's processes from looking at each other: a refusal says nothing of anybody else then.
func (c *Container) hidden(ctx context.Context, self probe.Self) error {
	refused, err := c.HidesItsOwn(ctx, self)
	if err != nil || !refused {
		return err
	}
	return unobserved(reports.CauseLSM,
		"%s may not look at /proc/PID/root of another process of its own, which ptrace(2) lets it: a security module keeps processes of its label from each other; who asks: %s", c, self.Credentials())
}

// HidesItsOwn says that a security module keeps the container's processes, of which self is one, from looking at each other, as containerd's AppArmor profile
// does before v1.7. ptrace(2) lets a process look at another one of the same user and capabilities in its own container. It is found out once for a container,
// and where nothing confines it not at all.
func (c *Container) HidesItsOwn(ctx context.Context, self probe.Self) (bool, error) {
	if self.Label == "" || strings.HasPrefix(self.Label, "unconfined") {
		return false, nil
	}
	s := c.station()
	s.hidden.Lock()
	defer s.hidden.Unlock()
	if s.hidden.asked {
		return s.hidden.refused, nil
	}
	other, err := c.self().Hold(ctx)
	if err != nil {
		return false, err
	}
	a, err := c.self().ask(ctx, "readlink", fmt.Sprintf("/proc/%d/root", other.PID))
	if err != nil {
		return false, err
	}
	s.hidden.asked, s.hidden.refused = true, a.Err == "EACCES"
	return s.hidden.refused, nil
}
