package lab

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// NodeProcess is a process as the node sees it, whatever namespace it is in.
type NodeProcess struct {
	ID             // by the node's numbers; the start time is the same in every view
	PPID    int    // by the node's numbers
	State   string // R, S, D, T, t, Z, X
	Argv    []string
	Cgroups string // /proc/PID/cgroup
}

func (p NodeProcess) String() string {
	return fmt.Sprintf("node's PID %d (start %d, parent %d, state %s) %s", p.PID, p.Start, p.PPID, p.State, strings.Join(p.Argv, " "))
}

// NodeTable is a set of the node's processes.
type NodeTable []NodeProcess

func (t NodeTable) String() string {
	var b strings.Builder
	for _, p := range t {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// nodeScript prints, for every process, stat and cgroup line by line, then the command lines as they are, then its mark.
// grep -s and the final echo: processes end while they are read.
const nodeScript = `grep -as "" /proc/[0-9]*/stat /proc/[0-9]*/cgroup; printf 'cmdlines\n'; grep -azs "" /proc/[0-9]*/cmdline; echo "$0"`

// NodeProcesses lists all processes on the node. An incomplete list is an error: what is missing must never read as "gone".
func (b *Bench) NodeProcesses(ctx context.Context) (NodeTable, error) {
	mark := Word()
	out, err := b.OnNode(ctx, "all processes of the node (/proc/PID/stat, cgroup, cmdline)", "sh", "-c", nodeScript, mark)
	if err != nil {
		return nil, err
	}
	body, whole := strings.CutSuffix(out, mark+"\n")
	lines, commands, found := strings.Cut(body, "cmdlines\n")
	if !whole || !found {
		return nil, fmt.Errorf("the list of the node's processes is incomplete: it ends %q", out[max(0, len(out)-100):])
	}
	by := map[int]*NodeProcess{}
	for line := range strings.Lines(lines) {
		pid, file, text, ok := procLine(line)
		if !ok {
			continue
		}
		if by[pid] == nil {
			by[pid] = &NodeProcess{ID: ID{PID: pid}}
		}
		by[pid].read(file, text)
	}
	for word := range bytes.SplitSeq([]byte(commands), []byte{0}) {
		pid, _, text, ok := procLine(string(word))
		if ok && by[pid] != nil {
			by[pid].Argv = append(by[pid].Argv, text)
		}
	}
	var t NodeTable
	for _, pid := range slices.Sorted(maps.Keys(by)) {
		if by[pid].Start != 0 {
			t = append(t, *by[pid])
		}
	}
	if !slices.ContainsFunc(t, func(p NodeProcess) bool { return slices.Contains(p.Argv, mark) }) {
		return nil, fmt.Errorf("the list of the node's processes does not hold the shell that made it")
	}
	return t, nil
}

// procLine splits what grep prints: /proc/PID/FILE:TEXT.
func procLine(line string) (pid int, file, text string, ok bool) {
	path, text, ok := strings.Cut(line, ":")
	parts := strings.Split(path, "/")
	if !ok || len(parts) != 4 {
		return 0, "", "", false
	}
	pid, err := strconv.Atoi(parts[2])
	return pid, parts[3], text, err == nil
}

func (p *NodeProcess) read(file, text string) {
	if file == "cgroup" {
		p.Cgroups += text
		return
	}
	// proc(5): the second field, the name, may hold blanks and parentheses; 3, 4 and 22 are state, parent and start time.
	rest := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(rest) < 20 {
		return
	}
	p.State = rest[0]
	p.PPID, _ = strconv.Atoi(rest[1])
	p.Start, _ = strconv.ParseUint(rest[19], 10, 64)
}

// Where keeps some.
func (t NodeTable) Where(keep func(NodeProcess) bool) NodeTable {
	var out NodeTable
	for _, p := range t {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}

// In keeps those whose cgroup is the pod's or container's with one of the ids, or below it.
func (t NodeTable) In(ids ...string) NodeTable {
	return t.Where(func(p NodeProcess) bool {
		return slices.ContainsFunc(ids, func(id string) bool {
			// Systemd's way of naming cgroups has no dashes in a pod's UID.
			return strings.Contains(p.Cgroups, id) || strings.Contains(p.Cgroups, strings.ReplaceAll(id, "-", "_"))
		})
	})
}

// CgroupIDs are what the names of the pod's cgroups hold: its UID, and, as a kubelet may make no cgroups for pods, the ids of
// its sandbox and of its containers, by CRI.
func (p *Pod) CgroupIDs(ctx context.Context) ([]string, error) {
	out, err := p.bench.OnNode(ctx, "the ids of the pod's sandbox and containers, by CRI (crictl pods, ps)", "sh", "-c",
		patientCRI+`set -e; for s in $(crictl pods --namespace="$0" --name="^$1$" --quiet); do echo "$s"; crictl ps --all --pod="$s" --quiet; done`, p.Namespace, p.Name)
	if err != nil {
		return nil, err
	}
	ids := strings.Fields(out)
	if len(ids) < 2 {
		return nil, fmt.Errorf("CRI should name a sandbox and containers of pod %s/%s; it names: %q", p.Namespace, p.Name, out)
	}
	return append(ids, string(p.Created.UID)), nil
}

// Lasting leaves out what exec has started to look around: no claim depends on when it ends.
func (t NodeTable) Lasting() NodeTable {
	return t.Where(func(p NodeProcess) bool {
		return len(p.Argv) == 0 || p.Argv[0] != ProbePath || len(p.Argv) > 1 && p.Argv[1] == "hold"
	})
}

// Still keeps those that are in another, earlier or later, list too: by PID and start time.
func (t NodeTable) Still(in NodeTable) NodeTable {
	return t.Where(func(p NodeProcess) bool {
		return slices.ContainsFunc(in, func(q NodeProcess) bool { return p.ID == q.ID })
	})
}

// Without takes those away that are in another list too.
func (t NodeTable) Without(others NodeTable) NodeTable {
	return t.Where(func(p NodeProcess) bool { return len(NodeTable{p}.Still(others)) == 0 })
}

// WithWord finds processes whose command line holds word.
func (t NodeTable) WithWord(word string) NodeTable {
	return t.Where(func(p NodeProcess) bool { return slices.Contains(p.Argv, word) })
}

// Cgroups are the folders of a container's cgroups on the node.
func (c *Container) Cgroups(ctx context.Context, id string) ([]string, error) {
	// Folders that go while find looks are no error.
	out, err := c.Pod.bench.OnNode(ctx, "the folders of a container's cgroups (/sys/fs/cgroup)", "sh", "-c", `find /sys/fs/cgroup -type d -name "*$0*" 2>/dev/null; true`, id)
	return strings.Fields(out), err
}

// CRIID is a container's id without its runtime's name.
func CRIID(containerID string) string {
	_, id, _ := strings.Cut(containerID, "://")
	return id
}
