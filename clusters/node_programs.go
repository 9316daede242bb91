package clusters

import (
	"context"
	"path"
	"strings"
)

// process is a running program.
type process struct {
	pid   string
	argv  []string
	alike int // how many more there are of the same program
}

// programs are the node's processes by their program's name.
func (n *Node) programs(ctx context.Context) (map[string]process, error) {
	// One exec for all: each process as \1PID\n and its command line, words ended by NUL.
	out, err := n.Exec(ctx, "sh", "-c", `for p in /proc/[0-9]*; do printf '\001%s\n' "${p#/proc/}"; cat "$p/cmdline" 2>/dev/null; done; exit 0`)
	return parseCommandLines(out), err
}

// flag returns the value of --name=value or --name value, the last one given, or "".
func (p process) flag(name string) string {
	value := ""
	for i, arg := range p.argv {
		if v, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = v
		} else if arg == "--"+name && i+1 < len(p.argv) {
			value = p.argv[i+1]
		}
	}
	return value
}

// parseCommandLines returns the processes by their program's name, of several the last.
func parseCommandLines(out string) map[string]process {
	procs := map[string]process{}
	for _, record := range strings.Split(out, "\x01") {
		pid, cmdline, ok := strings.Cut(record, "\n")
		if !ok || cmdline == "" {
			continue // a kernel thread, or gone
		}
		argv := strings.Split(strings.TrimSuffix(cmdline, "\x00"), "\x00")
		name, alike := path.Base(argv[0]), 0
		if before, ok := procs[name]; ok {
			alike = before.alike + 1
		}
		procs[name] = process{pid: pid, argv: argv, alike: alike}
	}
	return procs
}
