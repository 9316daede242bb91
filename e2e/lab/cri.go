package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// CRI's answers come from crictl on the node, which asks the runtime as the kubelet does.

// Task is a process as the node sees it: a sandbox's, or a container's first.
type Task struct {
	PID    int    // on the node
	Start  uint64 // clock ticks since boot
	NSpid  []int  // its PIDs from the node's namespace inwards; the last is what the pod sees
	PIDNS  string // its PID namespace, as /proc/PID/ns/pid shows it
	Mode   string // CRI's PID namespace mode: POD, CONTAINER, NODE
	SHA256 string // of its program
}

// Tasks are the processes that the pod was started with.
type Tasks struct {
	Sandbox    Task
	Containers map[string]Task // by name; each one's first process
}

// Tasks are the pod's, by CRI: all asked for at once, as each question to the node costs.
func (p *Pod) Tasks(ctx context.Context) (Tasks, error) {
	pod, err := p.Get(ctx)
	if err != nil {
		return Tasks{}, err
	}
	t := Tasks{Containers: map[string]Task{}}
	var names, ids []string
	for _, c := range p.Containers() {
		id, err := criID(pod, c.Name)
		if err != nil {
			return t, err
		}
		names, ids = append(names, c.Name), append(ids, id)
	}
	tasks, err := p.tasks(ctx, true, ids)
	if err != nil {
		return t, err
	}
	t.Sandbox = tasks[0]
	for i, name := range names {
		t.Containers[name] = tasks[1+i]
	}
	return t, nil
}

// Sandbox is the sandbox of the pod, by CRI.
func (p *Pod) Sandbox(ctx context.Context) (Task, error) {
	tasks, err := p.tasks(ctx, true, nil)
	if err != nil {
		return Task{}, err
	}
	return tasks[0], nil
}

// Task is the container's first process, by CRI.
func (c *Container) Task(ctx context.Context) (Task, error) {
	pod, err := c.Pod.Get(ctx)
	if err != nil {
		return Task{}, err
	}
	id, err := criID(pod, c.Name)
	if err != nil {
		return Task{}, err
	}
	tasks, err := c.Pod.tasks(ctx, false, []string{id})
	if err != nil {
		return Task{}, err
	}
	return tasks[0], nil
}

// criID is the container's id, from the pod's status.
func criID(pod *corev1.Pod, container string) (string, error) {
	if id := CRIID(Status(pod, container).ContainerID); id != "" {
		return id, nil
	}
	return "", fmt.Errorf("the status of pod %s names no id for container %s: %s", pod.Name, container, Describe(pod))
}

// inspectScript prints what CRI says of the pod's ready sandbox, where one is asked for by namespace and name, and then
// of the containers by id.
const inspectScript = `set -e
if [ "$1" ]; then
  id=$(crictl pods --namespace="$1" --name="^$2$" --state=ready --quiet)
  [ "$(echo "$id" | grep -c .)" = 1 ] || { echo "CRI should name one ready sandbox for the pod; it names: $id" >&2; exit 1; }
  sandbox "$id"
fi
shift 2
for id; do container "$id"; done`

// patientCRI has crictl wait for a busy runtime longer than its 2 s.
const patientCRI = `crictl() { command crictl --timeout=30s "$@"; }
`

// inspectFunctions are how inspectScript asks of a sandbox, and of a container.
const inspectFunctions = `sandbox() { crictl inspectp "$1"; }
container() { crictl inspect "$1"; }
`

// tasks asks CRI, and then the node's /proc, for the sandbox, where it is wanted, and the containers.
func (p *Pod) tasks(ctx context.Context, sandbox bool, ids []string) ([]Task, error) {
	namespace := ""
	if sandbox {
		namespace = p.Namespace
	}
	out, err := p.bench.OnNode(ctx, "CRI's answers on the pod's sandbox and containers (crictl pods, inspectp, inspect)", append([]string{"sh", "-c", patientCRI + p.bench.inspectFunctions() + inspectScript, "sh", namespace, p.Name}, ids...)...)
	if err != nil {
		return nil, err
	}
	tasks, err := inspected(out)
	if err != nil {
		return nil, err
	}
	want := len(ids)
	if sandbox {
		want++
	}
	if len(tasks) != want {
		return nil, fmt.Errorf("CRI was asked for %d of pod %s/%s's sandbox and containers and told of %d:\n%s", want, p.Namespace, p.Name, len(tasks), out)
	}
	return tasks, p.lookUp(ctx, tasks)
}

// inspected reads crictl's answers, one JSON document each: to inspectp the mode is in the status, to inspect in the
// configuration that the kubelet had sent.
func inspected(out string) ([]Task, error) {
	type options struct {
		PID json.RawMessage `json:"pid"`
	}
	var tasks []Task
	for decoder := json.NewDecoder(strings.NewReader(out)); ; {
		var answer struct {
			Status struct {
				Linux *struct {
					Namespaces struct {
						Options options `json:"options"`
					} `json:"namespaces"`
				} `json:"linux"`
			} `json:"status"`
			Info struct {
				PID       int    `json:"pid"`
				SandboxID string `json:"sandboxID"` // of a container alone
				Config    struct {
					Linux struct {
						SecurityContext struct {
							NamespaceOptions *options `json:"namespace_options"`
						} `json:"security_context"`
					} `json:"linux"`
				} `json:"config"`
			} `json:"info"`
		}
		err := decoder.Decode(&answer)
		if errors.Is(err, io.EOF) {
			return tasks, nil
		}
		if err != nil {
			return nil, fmt.Errorf("crictl's answer: %w:\n%s", err, out)
		}
		asked := answer.Info.Config.Linux.SecurityContext.NamespaceOptions
		if answer.Info.SandboxID == "" && answer.Status.Linux != nil {
			asked = &answer.Status.Linux.Namespaces.Options
		}
		if asked == nil { // POD is what is left out: a runtime that tells less than containerd would seem to have said it
			return nil, fmt.Errorf("CRI does not tell what namespaces the kubelet has asked for:\n%s", out)
		}
		if answer.Info.PID == 0 {
			return nil, fmt.Errorf("CRI names no process:\n%s", out)
		}
		tasks = append(tasks, Task{PID: answer.Info.PID, Mode: mode(asked.PID)})
	}
}

// procScript prints four lines on each PID.
const procScript = `set -e
for pid; do
  sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f20
  readlink "/proc/$pid/ns/pid"
  sed -n 's/^NSpid:\t*//p' "/proc/$pid/status"
  sha256sum <"/proc/$pid/exe"
done`

// lookUp adds what the node's /proc says of the tasks.
func (p *Pod) lookUp(ctx context.Context, tasks []Task) error {
	argv := []string{"sh", "-c", procScript, "sh"}
	for _, t := range tasks {
		argv = append(argv, strconv.Itoa(t.PID))
	}
	out, err := p.bench.OnNode(ctx, "/proc of the processes that CRI names (stat, status, ns/pid, exe)", argv...)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != linesPerTask*len(tasks) {
		return fmt.Errorf("%v on the node: %q", tasks, out)
	}
	for i := range tasks {
		t, told := &tasks[i], lines[linesPerTask*i:]
		if t.Start, err = strconv.ParseUint(told[0], 10, 64); err != nil {
			return fmt.Errorf("/proc/%d on the node: start time %q", t.PID, told[0])
		}
		t.PIDNS = told[1]
		for _, n := range strings.Fields(told[2]) {
			id, err := strconv.Atoi(n)
			if err != nil {
				return fmt.Errorf("/proc/%d on the node: NSpid %q", t.PID, told[2])
			}
			t.NSpid = append(t.NSpid, id)
		}
		t.SHA256, _, _ = strings.Cut(told[3], " ")
	}
	return nil
}

const linesPerTask = 4

// mode names CRI's namespace mode; 0, which JSON leaves out, is POD.
func mode(raw json.RawMessage) string {
	names := map[string]string{"": "POD", "0": "POD", "1": "CONTAINER", "2": "NODE", "3": "TARGET"}
	text := strings.Trim(string(raw), `"`)
	if name, ok := names[text]; ok {
		return name
	}
	return text
}
