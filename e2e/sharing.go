package e2e

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// shares expects the pod's containers to be in one process namespace: what is started in one is seen from the others.
func shares(ctx context.Context, p *lab.Pod, which string) {
	ginkgo.GinkgoHelper()
	containers, namespaces := p.Containers(), map[string]bool{}
	Expect(len(containers)).To(BeNumerically(">", 1), "control: one container alone shares with nobody")
	for _, host := range containers {
		held := must(host.Hold(ctx))
		Expect(held.PIDNS).NotTo(BeEmpty(), "%s should be able to tell its own PID namespace", host.Name)
		namespaces[held.PIDNS] = true
		for _, viewer := range others(containers, host) {
			table := must(viewer.Processes(ctx))
			Expect(table.WithWord(held.Word).IDs()).To(Equal([]lab.ID{held.ID()}),
				"%s does not share: a process started in %s should be seen from %s as %s sees it (%s), and %s sees:\n%s", which, host.Name, viewer.Name, host.Name, held, viewer.Name, table)
		}
	}
	Expect(namespaces).To(HaveLen(1), "%s does not share: its %d containers should be in one PID namespace", which, len(containers))
}

// isolates expects each of the pod's containers to be in a process namespace of its own: what is started in one is not seen
// from the others. That the scan finds processes is seen in the container that has them.
func isolates(ctx context.Context, p *lab.Pod, which string) {
	ginkgo.GinkgoHelper()
	containers, namespaces := p.Containers(), map[string]bool{}
	Expect(len(containers)).To(BeNumerically(">", 1), "control: one container alone shares with nobody")
	for _, host := range containers {
		held := must(host.Hold(ctx))
		Expect(held.PIDNS).NotTo(BeEmpty(), "%s should be able to tell its own PID namespace", host.Name)
		namespaces[held.PIDNS] = true
		for _, viewer := range others(containers, host) {
			table := must(viewer.Processes(ctx))
			Expect(table.WithWord(held.Word)).To(BeEmpty(),
				"%s shares: a process started in %s (%s) should not be seen from %s, which sees:\n%s", which, host.Name, held, viewer.Name, table)
		}
	}
	Expect(namespaces).To(HaveLen(len(containers)), "%s shares: its %d containers should each be in a PID namespace of its own", which, len(containers))
}

// others are the containers without one of them.
func others(containers []*lab.Container, one *lab.Container) []*lab.Container {
	return slices.DeleteFunc(slices.Clone(containers), func(c *lab.Container) bool { return c == one })
}
