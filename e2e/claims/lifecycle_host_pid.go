package claims

import (
	"context"
	"fmt"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
)

const hostPIDStopManifest = "host-pid-stop-spares-others.yaml"

var hostPIDStopSparesOthers = claim.Claim{
	ID:       "host-pid-stop-spares-others",
	Title:    "stopping a container of a pod with hostPID ends exactly its processes",
	Promise:  claim.Promise{From: "CRI, StopContainer; API, PodSpec.hostPID", Text: "stops a running container with a grace period; Use the host's pid namespace"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{hostPIDStopManifest, sharingManifest},
	Shared:   claim.Side{Observe: hostPIDStopObserve, Check: hostPIDStop},
	Isolated: claim.Side{Observe: hostPIDStopObserve, Check: hostPIDStop},
}

const hostPIDStopObserve = "in the node's namespace there is no PID 1 to take a container's processes along: its first process, a daemon and an exec'd one end with it, " +
	"and nothing else, as the neighbour sees it, which has hostPID, too: its own processes, those of another pod on the node and the node's PID 1 are the same ones"

func hostPIDStop(ctx context.Context, b *lab.Bench) {
	other := must(b.SharedPod(ctx, sharingManifest))
	p := must(b.NewPodBeside(ctx, hostPIDStopManifest, other))
	stopped, neighbour := p.Container("stopped"), p.Container("neighbour")
	onTheNodesKernel(ctx, neighbour)
	own := []lab.Process{must(stopped.First(ctx)), must(stopped.Daemon(ctx, "/tmp/lock")), must(stopped.Hold(ctx))}
	spared := []lab.Process{must(neighbour.First(ctx)), must(neighbour.Daemon(ctx, "/tmp/lock")), must(neighbour.Hold(ctx))}
	before := must(neighbour.Processes(ctx))
	Control(before.IDs()).To(ContainElements(lab.Table(append(own, spared...)).IDs()), "control: a pod with hostPID should see its containers' processes; it sees:\n%s", before)
	for _, c := range other.Containers() {
		there := before.WithWord(must(c.Announced(ctx)).Word)
		Control(there).To(HaveLen(1), "control: a pod with hostPID should see the process of %s; it sees:\n%s", c, before)
		spared = append(spared, there...)
	}
	init, _ := before.PID(1)
	spared = append(spared, init)
	evidence("processes of the container that is stopped", lab.Table(own))
	evidence("others", lab.Table(spared))

	was, untouched := must(stopped.Status(ctx)), must(neighbour.Status(ctx))
	done(stopped.Replace(ctx), "changing the image of %s", stopped)
	end := restarted(ctx, stopped, was, fmt.Sprintf("%s was stopped", stopped)).End
	Control(end.ExitCode).To(BeZero(), "control: the first process of %s should have heeded TERM; it ended: %s", stopped, end)
	unharmed(ctx, neighbour, untouched, "a container with hostPID was stopped, to which they do not belong", spared...)
	eventuallyEnd(ctx, neighbour, "processes of a container with hostPID should end when it is stopped", own...)
}
