package e2e

import (
	"context"
	"strconv"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// nginxProcesses are nginx's two processes as its own container sees them. The master is the one that nginx itself
// names in its PID file; the worker is its only child. Program names are for people.
func nginxProcesses(ctx context.Context, nginx *lab.Container) (master, worker lab.Process) {
	ginkgo.GinkgoHelper()
	file := must(nginx.Output(ctx, "cat", "/var/run/nginx.pid"))
	pid := must(strconv.Atoi(strings.TrimSpace(file)))
	table := must(nginx.Processes(ctx))
	master, ok := table.PID(pid)
	gomega.Expect(ok).To(gomega.BeTrue(), "nginx's PID file names %d, its own container sees no such process:\n%s", pid, table)
	workers := table.ChildrenOf(pid).Theirs()
	gomega.Expect(workers).To(gomega.HaveLen(1), "nginx's master (PID %d) should have one worker, its container sees:\n%s", pid, table)
	return master, workers[0]
}

// eventuallyNewWorker waits until nginx has replaced its worker: same master, another worker, the old one gone.
func eventuallyNewWorker(ctx context.Context, nginx *lab.Container, master, old lab.Process) (worker lab.Process) {
	ginkgo.GinkgoHelper()
	gomega.Eventually(ctx, func(g gomega.Gomega) {
		table, err := nginx.Processes(ctx)
		g.Expect(err).NotTo(gomega.HaveOccurred())
		now, ok := table.PID(master.PID)
		g.Expect(ok && now.Start == master.Start).To(gomega.BeTrue(), "nginx's master should live on as PID %d, start %d; seen:\n%s", master.PID, master.Start, table)
		g.Expect(table.StartedAt(old.Start).ChildrenOf(master.PID)).To(gomega.BeEmpty(), "the old worker should be gone; seen:\n%s", table)
		workers := table.ChildrenOf(master.PID).Theirs()
		g.Expect(workers).To(gomega.HaveLen(1), "nginx should have one worker again; seen:\n%s", table)
		worker = workers[0]
	}).WithTimeout(lab.Timeouts.Observation).WithPolling(lab.Timeouts.Poll).Should(gomega.Succeed(),
		"SIGHUP should make nginx replace its worker (was %s)", old)
	return worker
}
