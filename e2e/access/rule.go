// Package access says what the manual pages allow one process to do to another, given who the two are, and sets beside
// it what was seen. It looks at nothing itself.
package access

import "fmt"

// Creds are what decides: of a caller effective ids and capabilities, of a target real and permitted ones. In the
// processes that the suite compares, effective and real, effective and permitted are one.
type Creds struct {
	UID, GID int
	Caps     uint64 // as in /proc/PID/status
	Dumpable bool   // prctl(2), PR_SET_DUMPABLE; of a target
}

// The capabilities that decide, from capabilities(7).
const (
	capKill      = 1 << 5
	capSysPtrace = 1 << 19
)

// Ruling is what a manual page says about one attempt.
type Ruling struct {
	Err     string // the error's name, "" for success
	Because string
}

func (r Ruling) String() string { return fmt.Sprintf("%s (%s)", outcome(r.Err), r.Because) }

// outcome names success, too.
func outcome(err string) string {
	if err == "" {
		return "yes"
	}
	return err
}

// NoProcess is what happens to who names a process that is in no namespace of his.
func NoProcess() Ruling { return Ruling{"ESRCH", "no such process in the caller's PID namespace"} }

// Kill is kill(2): "either be privileged (CAP_KILL), or the real or effective user ID of the sending process must equal
// the real or saved set-user-ID of the target". Its exception for SIGCONT within a session is not needed here.
func Kill(by, to Creds) Ruling {
	switch {
	case by.Caps&capKill != 0:
		return Ruling{"", "CAP_KILL"}
	case by.UID == to.UID:
		return Ruling{"", "the same uid"}
	}
	return Ruling{"EPERM", "another uid, no CAP_KILL"}
}

// Root is following /proc/PID/root, by proc(5): "governed by a ptrace access mode PTRACE_MODE_READ_FSCREDS check".
func Root(by, of Creds) Ruling {
	r := mayAccess(by, of)
	if r.Err != "" {
		r.Err = "EACCES" // so says proc(5) of its files, where ptrace(2) says EPERM
	}
	return r
}

// Scope is Yama's kernel.yama.ptrace_scope as the kernel shows it, "" without Yama.
type Scope string

// Attach is PTRACE_ATTACH to a process that is no child of the caller's: PTRACE_MODE_ATTACH_REALCREDS. Of the two
// modes Yama restricts this one alone.
func Attach(by, to Creds, yama Scope) Ruling {
	switch capable := by.Caps&capSysPtrace != 0; {
	case yama == "3":
		return Ruling{"EPERM", "Yama's scope 3: nobody may attach"}
	case (yama == "1" || yama == "2") && !capable:
		return Ruling{"EPERM", "Yama's scope " + string(yama) + ", no CAP_SYS_PTRACE"}
	}
	return mayAccess(by, to)
}

// mayAccess is ptrace(2), "Ptrace access mode checking", points 3 to 5, for two processes of one user namespace.
func mayAccess(by, of Creds) Ruling {
	switch {
	case by.Caps&capSysPtrace != 0:
		return Ruling{"", "CAP_SYS_PTRACE"}
	case by.UID != of.UID || by.GID != of.GID:
		return Ruling{"EPERM", "another uid or gid, no CAP_SYS_PTRACE"}
	case !of.Dumpable:
		return Ruling{"EPERM", "not dumpable, no CAP_SYS_PTRACE"}
	case of.Caps&^by.Caps != 0:
		return Ruling{"EPERM", "the target has more capabilities, no CAP_SYS_PTRACE"}
	}
	return Ruling{"", "the same uid and gid, no more capabilities"}
}
