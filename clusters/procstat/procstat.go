// Package procstat reads from /proc what tells one process from another.
package procstat

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Stat is a part of /proc/PID/stat, as in proc_pid_stat(5).
type Stat struct {
	Name    string
	State   string // "R", "S", "Z", ...
	Parent  int    // its PID
	Started uint64 // in clock ticks after boot
}

// Read reads the Stat of a process. The error wraps os.ErrNotExist where there is none with that number.
func Read(pid int) (Stat, error) {
	path := fmt.Sprintf("/proc/%d/stat", pid)
	b, err := os.ReadFile(path)
	if err != nil {
		return Stat{}, err
	}
	s, err := Parse(string(b))
	if err != nil {
		return Stat{}, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// startField is the start's index after the name: it is the 22nd field, the state the third.
const startField = 22 - 3

// Parse reads "PID (name) state ..."; the name may hold blanks and brackets.
func Parse(text string) (Stat, error) {
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return Stat{}, fmt.Errorf("no name in brackets in %q", text)
	}
	fields := strings.Fields(text[end+1:])
	if len(fields) <= startField {
		return Stat{}, fmt.Errorf("too few fields in %q", text)
	}
	parent, err := strconv.Atoi(fields[1])
	if err != nil {
		return Stat{}, err
	}
	started, err := strconv.ParseUint(fields[startField], 10, 64)
	return Stat{Name: text[open+1 : end], State: fields[0], Parent: parent, Started: started}, err
}

// Alive tells whether the process still runs: one that only waits to be reaped does not.
func (s Stat) Alive() bool { return s.State != "" && s.State != "Z" && s.State != "X" }

// BootID is the running kernel's, "" where there is no /proc.
func BootID() string {
	b, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(b))
}
