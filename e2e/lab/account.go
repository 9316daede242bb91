package lab

import (
	"fmt"
	"slices"
	"strings"
)

// Held says that the process is one that Hold has started: the suite's own, and there to be seen.
func (p Process) Held() bool {
	return len(p.Argv) > 2 && p.Argv[0] == ProbePath && p.Argv[1] == "hold" && !strings.HasPrefix(p.Argv[2], paceWord)
}

// markAsked marks what the suite's questions have started and wait for: where an exec was cut off, it may stay for long.
func (t Table) markAsked() {
	for again := true; again; {
		again = false
		for i, p := range t {
			parent, ok := t.PID(p.PPID)
			if ok && parent.Ours() && !parent.Held() && !p.Held() && !p.Asked {
				t[i].Asked, again = true, true
			}
		}
	}
}

// Lasting leaves out the suite's own passing processes (its questions, not those that it holds), and strangers.
func (t Table) Lasting() Table {
	return t.where(func(p Process) bool { return !p.Stranger && (p.Held() || !p.Ours()) })
}

// Unaccounted says in words where the table and these processes differ, "" where it holds all of them and no other.
// The suite's passing processes don't count.
func (t Table) Unaccounted(known ...Process) string {
	var expected Table = known
	extra, missing := t.Lasting().without(expected.IDs()), expected.without(t.IDs())
	var words []string
	if len(extra) > 0 {
		words = append(words, fmt.Sprintf("sees %d that it should not: %s", len(extra), extra.list()))
	}
	if len(missing) > 0 {
		words = append(words, fmt.Sprintf("does not see %d that it should: %s", len(missing), missing.list()))
	}
	return strings.Join(words, "; ")
}

func (t Table) without(ids []ID) Table {
	return t.where(func(p Process) bool { return !slices.Contains(ids, p.ID()) })
}

// list names the processes in one line.
func (t Table) list() string {
	var out []string
	for _, p := range t {
		out = append(out, fmt.Sprint(p))
	}
	return strings.Join(out, ", ")
}

// outOfReach is further than one spec takes the PIDs of a namespace.
const outOfReach = 2000

// Free says that no process in the table has that PID, and that none will get it soon: the kernel gives them out
// upwards, and the probe that asked for the table had the latest.
func (t Table) Free(pid int) bool {
	latest := 0
	for _, p := range t {
		latest = max(latest, p.PID)
	}
	_, taken := t.PID(pid)
	return !taken && (pid < latest || pid > latest+outOfReach)
}
