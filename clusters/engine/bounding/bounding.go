// Package bounding reads the capability bounding set: what no process from here on can gain any more.
// Engines before Docker 23 ask for every capability they know and fail where the set lacks one.
package bounding

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Set is a set of capabilities as the kernel writes it: bit N is the capability numbered N in capabilities(7).
type Set uint64

// names are the kernel's capabilities in the order of their numbers (include/uapi/linux/capability.h).
var names = strings.Fields(`
	CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
	NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE
	SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE
	AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF
	CHECKPOINT_RESTORE`)

// Read returns the bounding set of this process, from /proc/self/status.
func Read() (Set, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, fmt.Errorf("capability bounding set: %w", err)
	}
	return parse(string(status))
}

func parse(status string) (Set, error) {
	for line := range strings.Lines(status) {
		if value, ok := strings.CutPrefix(line, "CapBnd:"); ok {
			bits, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			return Set(bits), err
		}
	}
	return 0, fmt.Errorf("capability bounding set: /proc/self/status has no line CapBnd")
}

// Has tells whether the set holds a capability named as in "CAP_KILL". A name this package does not know
// counts as held: what to do with it is for others to say.
func (s Set) Has(name string) bool {
	for bit, n := range names {
		if "CAP_"+n == name {
			return s&(1<<bit) != 0
		}
	}
	return true
}

// Lacking names the capabilities that the running kernel has and the set has not, none when it is complete.
func (s Set) Lacking() []string {
	last := len(names) - 1
	if b, err := os.ReadFile("/proc/sys/kernel/cap_last_cap"); err == nil {
		if n, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil {
			last = n
		}
	}
	return s.lacking(last)
}

func (s Set) lacking(last int) []string {
	var missing []string
	for bit := 0; bit <= last && bit < len(names); bit++ {
		if s&(1<<bit) == 0 {
			missing = append(missing, "CAP_"+names[bit])
		}
	}
	return missing
}
