package look

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/lab"
)

// shell is the container of the page's pod that has a terminal.
const shell = "shell"

// lookInside sees whether exec and attach reach the pod, and what a container finds around itself. A cluster where exec is dead
// shows no claim anything: that ends the run.
func (l *looking) lookInside(ctx context.Context) error {
	if l.pod == nil {
		l.row(Row{What: "exec", Found: "not tried: no pod runs", Costs: "not known"})
		return nil
	}
	c := l.pod.Container(shell)
	l.tell("trying exec")
	if err := reached(ctx, c); err != nil {
		return &end{"exec", fmt.Errorf("a pod is Ready, and exec does not reach it: %w", err), "kubectl exec meets the same: the way to the API server must " +
			"carry WebSocket or SPDY, and the run needs the rights to create and to get pods/exec"}
	}
	l.row(Row{What: "exec", Found: "answers, by " + l.Transport()})
	l.tell("trying attach")
	l.row(attachRow(ctx, c))
	l.tell("looking around in a container")
	machine, err := c.Output(ctx, "uname", "-m")
	if err == nil {
		l.row(Row{What: "architecture", Found: fmt.Sprintf("%s on node %s, the only one that was looked at", strings.TrimSpace(machine), l.pod.Created.Spec.NodeName)})
	}
	rows, err := l.surroundings(ctx, c)
	if err != nil {
		rows = []Row{{What: "probe", Found: err.Error(), Costs: "claims that look at processes are not observed: they bring this program into containers"}}
	}
	l.Rows = append(l.Rows, rows...)
	return nil
}

// reached waits until a command has been run in the container.
func reached(ctx context.Context, c *lab.Container) error {
	var last error
	_, err := lab.Await(ctx, lab.Timeouts.ProbeAnswer, func(ctx context.Context) (bool, error) {
		_, last = c.Output(ctx, "true")
		return last == nil, nil
	}, func(ok bool) bool { return ok })
	return cmp.Or(err, last)
}

func attachRow(ctx context.Context, c *lab.Container) Row {
	terminal, err := c.Attach(ctx)
	if err == nil {
		defer terminal.Close()
		_, err = terminal.Enter(ctx, "")
	}
	if err != nil {
		return Row{What: "attach", Found: err.Error(), Costs: "claims that type at a terminal are not observed",
			Remedy: "the run needs the rights to create and get pods/attach"}
	}
	return Row{What: "attach", Found: "gives a terminal"}
}

// surroundings are what a container's process is allowed, and who PID 1 is.
func (l *looking) surroundings(ctx context.Context, c *lab.Container) ([]Row, error) {
	table, answers, err := c.ProcessesAnd(ctx, lab.ToRead("/proc/1/attr/current"), lab.ToKill("0", 1))
	if err != nil {
		return nil, err
	}
	self, other, kill := answers[0].Self, answers[0], answers[1].Err
	hides, err := c.HidesItsOwn(ctx, self)
	if err != nil {
		return nil, err
	}
	first := "nobody to be seen"
	if p, ok := table.PID(1); ok {
		first = fmt.Sprintf("%s, uid %d", cmp.Or(p.Command(), "["+p.Comm+"]"), p.UID)
	}
	role := "in a pod that asks for sharing"
	if !l.asks {
		role = "in a pod that does not ask for sharing"
	}
	return []Row{
		labelsRow(labels{
			container: self.Label, first: strings.TrimRight(other.Text, "\x00\n "), refused: other.Err, kill: kill, hides: hides,
			rest: fmt.Sprintf("capabilities %s, seccomp mode %s, no_new_privs %s, Yama's ptrace_scope %s",
				self.CapEff, cmp.Or(self.Seccomp, "unknown"), cmp.Or(self.NoNewPrivs, "unknown"), cmp.Or(self.Yama, "absent")),
			yama: self.Yama,
		}, l.asks && l.Expect.Processes == lane.Shared),
		{What: "PID 1", Found: first + ", " + role},
	}, nil
}

// labels are what security modules say of a container's process and of PID 1, and what became of a signal 0 to that, which the
// kernel only checks.
type labels struct {
	container, first string // "" where no module labels processes
	refused          string // the error's name where PID 1's label cannot be read
	kill             string // the error's name, "" for success
	hides            bool   // the container's processes are kept from looking at each other
	rest             string
	yama             string // kernel.yama.ptrace_scope, "" without Yama
}

// labelsRow says what security modules may keep claims from seeing. shared is whether PID 1 is the sandbox's.
func labelsRow(a labels, shared bool) Row {
	row := Row{What: "security modules"}
	switch {
	case a.container == "" && a.first == "":
		row.Found = "none labels processes; "
	case a.first == "":
		row.Found = fmt.Sprintf("a container's process is labelled %s, PID 1's label is not to be seen (%s); ", a.container, cmp.Or(a.refused, "empty"))
	case a.container == a.first:
		row.Found = fmt.Sprintf("a container's process and PID 1 are labelled %s; ", a.container)
	default:
		row.Found = fmt.Sprintf("a container's process is labelled %s, PID 1 %s; ", a.container, a.first)
	}
	row.Found += a.rest
	differ := shared && a.container != a.first && a.container != ""
	switch {
	case a.kill != "" && shared:
		row.Found += "; a signal to PID 1 is answered " + a.kill
		row.Costs = "claims that signal PID 1 are not observed"
		row.Remedy = "a profile that lets containers signal the sandbox's process, or none"
	case differ:
		row.Costs = "none was seen: a signal to PID 1 passes, though its label is another one"
	}
	if a.hides {
		row.Found += "; processes of one container may not look at each other"
		row.also("claims that look at other processes by /proc are not observed", "a profile that lets processes of its label be read and traced, as that of containerd 1.7 and later")
	}
	if a.yama == "2" || a.yama == "3" {
		row.also("claims that trace processes are not observed where Yama forbids it", "kernel.yama.ptrace_scope 1 or 0 on the nodes")
	}
	return row
}

// also adds what else something costs, and what to do about that.
func (r *Row) also(costs, remedy string) {
	r.Costs = strings.TrimPrefix(r.Costs+"; "+costs, "; ")
	r.Remedy = strings.TrimPrefix(r.Remedy+"; "+remedy, "; ")
}
