package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// CRI's answers come from crictl on the node, which asks containerd as the kubelet does.

// Task is a process as the node sees it: a sandbox's, or a container's first.
type Task struct {
	PID    int    // on the node
	Start  uint64 // clock ticks since boot
	NSpid  []int  // its PIDs from the node's namespace inwards; the last is what the pod sees
	PIDNS  string // its PID namespace, as /proc/PID/ns/pid shows it
	Mode   string // CRI's PID namespace mode: POD, CONTAINER, NODE
	SHA256 string // of its program
}

// Sandbox is the sandbox of the pod, by CRI.
func (p *Pod) Sandbox(ctx context.Context) (Task, error) {
	id, err := p.crictl(ctx, "pods", "--namespace="+p.Namespace, "--name=^"+p.Name+"$", "--state=ready", "--quiet")
	if err != nil {
		return Task{}, err
	}
	id = strings.TrimSpace(id)
	if id == "" || strings.Contains(id, "\n") {
		return Task{}, fmt.Errorf("CRI names not one ready sandbox for pod %s/%s: %q", p.Namespace, p.Name, id)
	}
	out, err := p.crictl(ctx, "inspectp", id)
	if err != nil {
		return Task{}, err
	}
	var answer struct {
		Status struct {
			Linux struct {
				Namespaces struct {
					Options struct {
						PID json.RawMessage `json:"pid"`
					} `json:"options"`
				} `json:"namespaces"`
			} `json:"linux"`
		} `json:"status"`
		Info struct {
			PID int `json:"pid"`
		} `json:"info"`
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		return Task{}, fmt.Errorf("crictl inspectp %s: %w", id, err)
	}
	t, err := p.task(ctx, answer.Info.PID)
	t.Mode = mode(answer.Status.Linux.Namespaces.Options.PID)
	return t, err
}

// Task is the container's first process, by CRI.
func (c *Container) Task(ctx context.Context) (Task, error) {
	id, err := c.criID(ctx)
	if err != nil {
		return Task{}, err
	}
	out, err := c.Pod.crictl(ctx, "inspect", id)
	if err != nil {
		return Task{}, err
	}
	var answer struct {
		Info struct {
			PID    int `json:"pid"`
			Config struct {
				Linux struct {
					SecurityContext struct {
						NamespaceOptions struct {
							PID json.RawMessage `json:"pid"`
						} `json:"namespace_options"`
					} `json:"security_context"`
				} `json:"linux"`
			} `json:"config"`
		} `json:"info"`
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		return Task{}, fmt.Errorf("crictl inspect %s: %w", id, err)
	}
	t, err := c.Pod.task(ctx, answer.Info.PID)
	t.Mode = mode(answer.Info.Config.Linux.SecurityContext.NamespaceOptions.PID)
	return t, err
}

// criID is the container's id, from the pod's status.
func (c *Container) criID(ctx context.Context) (string, error) {
	pod, err := c.Pod.Get(ctx)
	if err != nil {
		return "", err
	}
	if _, id, ok := strings.Cut(Status(pod, c.Name).ContainerID, "://"); ok {
		return id, nil
	}
	return "", fmt.Errorf("the status of pod %s names no id for %s: %s", pod.Name, c, Describe(pod))
}

// task looks a process up in the node's /proc.
func (p *Pod) task(ctx context.Context, pid int) (Task, error) {
	t := Task{PID: pid}
	if pid == 0 {
		return t, fmt.Errorf("CRI names no process")
	}
	dir := "/proc/" + strconv.Itoa(pid)
	out, err := p.bench.Node.Exec(ctx, "sh", "-c",
		`sed 's/.*) //' "$0/stat" | cut -d' ' -f20 && readlink "$0/ns/pid" && sed -n 's/^NSpid:\t*//p' "$0/status" && sha256sum <"$0/exe"`, dir)
	if err != nil {
		return t, err
	}
	lines := strings.Split(out, "\n")
	if len(lines) < 4 {
		return t, fmt.Errorf("%s on the node: %q", dir, out)
	}
	if t.Start, err = strconv.ParseUint(lines[0], 10, 64); err != nil {
		return t, fmt.Errorf("%s on the node: start time %q", dir, lines[0])
	}
	t.PIDNS = lines[1]
	for _, n := range strings.Fields(lines[2]) {
		id, _ := strconv.Atoi(n)
		t.NSpid = append(t.NSpid, id)
	}
	t.SHA256, _, _ = strings.Cut(lines[3], " ")
	return t, nil
}

func (p *Pod) crictl(ctx context.Context, args ...string) (string, error) {
	return p.bench.Node.Exec(ctx, append([]string{"crictl"}, args...)...)
}

// mode names CRI's namespace mode; 0, which JSON leaves out, is POD.
func mode(raw json.RawMessage) string {
	names := map[string]string{"": "POD", "0": "POD", "1": "CONTAINER", "2": "NODE", "3": "TARGET"}
	text := strings.Trim(string(raw), `"`)
	if name, ok := names[text]; ok {
		return name
	}
	return text
}
