package claims

import (
	"context"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/lab"
)

// A viewer's pod is of a fixture whose containers announce a process each: its random word, PID, start time and
// namespace as the container itself has them.

// seesAll expects the viewer to be in one process namespace with every container of its pod.
func seesAll(ctx context.Context, viewer *lab.Container, which string) {
	ginkgo.GinkgoHelper()
	sees(ctx, viewer, which, viewer.Pod.Containers()...)
}

// sees expects the viewer to be in one process namespace with these containers.
func sees(ctx context.Context, viewer *lab.Container, which string, hosts ...*lab.Container) {
	ginkgo.GinkgoHelper()
	announced, table := view(ctx, viewer, which, hosts)
	for host, there := range announced {
		Expect(table.WithWord(there.Word).IDs()).To(Equal([]lab.ID{there.ID()}),
			"in %s, %s should see the process of %s as %s itself does (PID %d, start %d, word %s); it sees:\n%s", which, viewer.Name, host, host, there.PID, there.Start, there.Word, table)
		Expect(there.PIDNS).To(Equal(announced[viewer.Name].PIDNS), "in %s, %s and %s should be in one PID namespace", which, viewer.Name, host)
	}
}

// seesItselfAlone expects the viewer to be in a process namespace of its own.
func seesItselfAlone(ctx context.Context, viewer *lab.Container, which string) {
	ginkgo.GinkgoHelper()
	seesNone(ctx, viewer, which, viewer.Pod.Containers()...)
}

// seesNone expects the viewer not to be in a process namespace with these containers, itself apart.
func seesNone(ctx context.Context, viewer *lab.Container, which string, hosts ...*lab.Container) {
	ginkgo.GinkgoHelper()
	announced, table := view(ctx, viewer, which, hosts)
	for host, there := range announced {
		if host == viewer.Name {
			Control(table.WithWord(there.Word).IDs()).To(Equal([]lab.ID{there.ID()}), "control: %s should see its own process (PID %d, start %d, word %s); it sees:\n%s", host, there.PID, there.Start, there.Word, table)
			continue
		}
		Expect(table.WithWord(there.Word)).To(BeEmpty(), "%s shares: %s should not see the process of %s (word %s); it sees:\n%s", which, viewer.Name, host, there.Word, table)
		Expect(there.PIDNS).NotTo(Equal(announced[viewer.Name].PIDNS), "%s shares: %s and %s should be in different PID namespaces", which, viewer.Name, host)
	}
}

// view is what the viewer and these containers have announced, by name, and what the viewer sees thereafter.
func view(ctx context.Context, viewer *lab.Container, which string, hosts []*lab.Container) (map[string]lab.Process, lab.Table) {
	ginkgo.GinkgoHelper()
	announced := map[string]lab.Process{}
	for _, c := range append(hosts, viewer) {
		announced[c.Name] = must(c.Announced(ctx))
	}
	Control(len(announced)).To(BeNumerically(">", 1), "control: one container alone shares with nobody")
	table := must(viewer.Processes(ctx))
	evidence("process table of "+viewer.Name+" in "+which, table)
	return announced, table
}
