package bench

import (
	"bufio"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/procstat"
	"github.com/gateproof/gateproof/clusters/run"
)

// lookEvery is how often the nodes' processes are read: what a process spends between the last look and its end is in "other".
const lookEvery = 3 * time.Second

// nodeScript prints what all processes on the node have spent, and the node as a whole: by cgroup v1 in nanoseconds, by v2 in microseconds.
const nodeScript = `cat /proc/[0-9]*/stat 2>/dev/null
cat /sys/fs/cgroup/cpuacct/cpuacct.usage 2>/dev/null || sed -n 's/^usage_usec \(.*\)/\1000/p' /sys/fs/cgroup/cpu.stat`

// Who spends processor time, as the table says it.
const (
	shims      = "containerd's shims"
	runtime    = "runc, and what runs in containers"
	other      = "other: ended between two looks"
	nodesWord  = "all nodes"
	engineWord = "the engine"
	suiteWord  = "gateproof itself"
)

// whose is what a process' name, of which the kernel keeps 15 bytes, stands for in the table.
func whose(name string) string {
	switch {
	case strings.HasPrefix(name, "containerd-shim"):
		return shims
	case name == "kube-controller":
		return "kube-controller-manager"
	}
	return name
}

// spenders are the nodes' processes of which the table has a line; what is in containers is the runtime's, where its shim has waited for it.
var spenders = []string{"kubelet", "containerd", shims, runtime, "kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kindnetd", "coredns"}

// process is one that was seen on a node.
type process struct {
	node, name string
	pid        string
	started    uint64
}

// spent is what it and those whose end it has waited for took, in seconds.
type spent struct{ own, waited float64 }

// clockTick is Linux' unit of processor time towards programs, USER_HZ, in seconds: the same on all architectures that run Kubernetes.
const clockTick = 0.01

// ticks reads the four fields of /proc/PID/stat from the 14th on: user and system time, the process' own and its children's.
func ticks(stat string) spent {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	var s [4]float64
	for i := range s {
		n, _ := strconv.ParseUint(fields[11+i], 10, 64)
		s[i] = float64(n) * clockTick
	}
	return spent{s[0] + s[1], s[2] + s[3]}
}

// watch reads again and again what is spent on nodes that come up while it runs. What it has read is for when it has ended.
type watch struct {
	before []string // nodes that were there
	seen   map[process]spent
	totals map[string]time.Duration // of the nodes
	most   map[string]int           // processes at once, by node
	engine map[string]spent         // dockerd's: at the last look, and at the first
	first  map[string]spent
}

// watchProcessors begins. The function that it returns ends it.
func watchProcessors(ctx context.Context) (*watch, func()) {
	w := &watch{seen: map[process]spent{}, totals: map[string]time.Duration{}, most: map[string]int{}, engine: map[string]spent{}, first: map[string]spent{}}
	w.before = nodes(ctx)
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			w.look(ctx)
			select {
			case <-ctx.Done():
			case <-time.After(lookEvery):
			}
		}
	}()
	return w, func() { cancel(); <-done }
}

// nodes are the containers of all nodes; none where the engine does not say.
func nodes(ctx context.Context) []string {
	out, err := run.Output(ctx, "docker", "ps", "--filter=label=io.x-k8s.kind.role", "--format={{.Names}}")
	if err != nil {
		return nil
	}
	return strings.Fields(out)
}

func (w *watch) look(ctx context.Context) {
	for _, node := range nodes(ctx) {
		if slices.Contains(w.before, node) {
			continue
		}
		if out, err := run.Output(ctx, "docker", "exec", node, "sh", "-c", nodeScript); err == nil { // it may be going
			w.take(node, out)
		}
	}
	for pid, now := range engineProcesses() {
		if _, ok := w.first[pid]; !ok {
			w.first[pid] = now
		}
		w.engine[pid] = now
	}
}

// take notes what nodeScript has printed.
func (w *watch) take(node, text string) {
	processes := 0
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		line := lines.Text()
		if total, err := strconv.ParseInt(line, 10, 64); err == nil {
			w.totals[node] = time.Duration(total)
			continue
		}
		s, err := procstat.Parse(line)
		if err != nil {
			continue // it ended while it was read
		}
		processes++
		w.seen[process{node, whose(s.Name), line[:strings.IndexByte(line, ' ')], s.Started}] = ticks(line)
	}
	w.most[node] = max(w.most[node], processes)
}

// mostProcesses is how many were on the nodes at once, as far as that was seen.
func (w *watch) mostProcesses() int {
	sum := 0
	for n := range maps.Values(w.most) {
		sum += n
	}
	return sum
}

// line is one of the table: who, and seconds on all nodes together.
type line struct {
	who     string
	seconds float64
}

// table sums up. itself is what the suite's own processes took.
func (w *watch) table(itself time.Duration) []line {
	by := map[string]float64{}
	for p, s := range w.seen {
		by[p.name] += s.own
		if p.name == shims || p.name == "containerd" {
			by[runtime] += s.waited
		}
	}
	var total time.Duration
	for t := range maps.Values(w.totals) {
		total += t
	}
	rest := total.Seconds()
	var out []line
	for _, who := range spenders {
		out = append(out, line{who, by[who]})
		rest -= by[who]
	}
	out = append(out, line{other, rest}, line{nodesWord, total.Seconds()})
	engine := 0.0
	for pid, s := range w.engine {
		engine += s.own + s.waited - w.first[pid].own - w.first[pid].waited
	}
	return append(out, line{engineWord, engine}, line{suiteWord, itself.Seconds()})
}

// engineProcesses are what dockerd, and a containerd that it has started, have spent, where they run on this machine.
func engineProcesses() map[string]spent {
	out := map[string]spent{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is a good one
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		s, err := procstat.Parse(string(text))
		if err != nil {
			continue
		}
		parent, _ := procstat.Read(s.Parent)
		if s.Name == "dockerd" || s.Name == "containerd" && parent.Name == "dockerd" {
			out[path] = ticks(string(text))
		}
	}
	return out
}
