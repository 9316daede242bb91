package claims

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// nginxProcesses are nginx's two processes as its own container sees them. The master is the one that nginx itself
// names in its PID file; the worker is its only child. Program names are for people. A Ready pod's nginx may still be
// starting: that is awaited.
func nginxProcesses(ctx context.Context, nginx *lab.Container) (master, worker lab.Process) {
	ginkgo.GinkgoHelper()
	found := must(lab.Await(ctx, lab.Timeouts.Observation,
		func(ctx context.Context) (nginxSeen, error) { return lookAtNginx(ctx, nginx) },
		func(n nginxSeen) bool { return n.amiss == "" }))
	if found.amiss != "" {
		unobserved(reports.CauseOther, "control: "+found.amiss)
	}
	return found.master, found.worker
}

// nginxSeen is nginx as one look found it, or what was amiss.
type nginxSeen struct {
	master, worker lab.Process
	amiss          string
}

const nginxPIDFile = "/var/run/nginx.pid"

func lookAtNginx(ctx context.Context, nginx *lab.Container) (nginxSeen, error) {
	table, answers, err := nginx.ProcessesAnd(ctx, lab.ToRead(nginxPIDFile))
	if err != nil {
		return nginxSeen{}, err
	}
	file := answers[0]
	pid, err := strconv.Atoi(strings.TrimSpace(file.Text))
	if err != nil {
		return nginxSeen{amiss: fmt.Sprintf("nginx names no PID in %s: %q %s", nginxPIDFile, file.Text, file.Err)}, nil
	}
	master, ok := table.PID(pid)
	workers := table.ChildrenOf(pid).Theirs()
	switch {
	case !ok:
		return nginxSeen{amiss: fmt.Sprintf("nginx's PID file names %d, its own container sees no such process:\n%s", pid, table)}, nil
	case len(workers) != 1:
		return nginxSeen{amiss: fmt.Sprintf("nginx's master (PID %d) has %d workers and should have one, its container sees:\n%s", pid, len(workers), table)}, nil
	}
	return nginxSeen{master: master, worker: workers[0]}, nil
}

// eventuallyNewWorker waits until nginx has replaced its worker: same master, another worker, the old one gone.
func eventuallyNewWorker(ctx context.Context, nginx *lab.Container, master, old lab.Process) (worker lab.Process) {
	ginkgo.GinkgoHelper()
	eventually(ctx, nginx, func(g gomega.Gomega) {
		table := seen(nginx.Processes(ctx))
		now, ok := table.PID(master.PID)
		g.Expect(ok && now.Start == master.Start).To(gomega.BeTrue(), "nginx's master should live on as PID %d, start %d; seen:\n%s", master.PID, master.Start, table)
		g.Expect(table.IDs()).NotTo(gomega.ContainElement(old.ID()), "the old worker should be gone; seen:\n%s", table)
		workers := table.ChildrenOf(master.PID).Theirs()
		g.Expect(workers).To(gomega.HaveLen(1), "nginx should have one worker again; seen:\n%s", table)
		worker = workers[0]
	}, "SIGHUP should make nginx replace its worker (was %s)", old)
	return worker
}
