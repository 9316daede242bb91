package claims

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

var termIsPrompt = claim.Claim{
	ID:       "term-is-prompt",
	Title:    "a container without a handler for TERM ends at once on deletion, because it is not PID 1",
	Page:     []string{"pid-1"},
	Promise:  claim.Promise{From: "pid_namespaces(7)", Text: "a namespace's PID 1 gets no signal that it has no handler for"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"term-is-prompt.yaml"},
	Takes:    25 * time.Second,
	Shared: claim.Side{
		Observe: "a deleted pod with 10 s of grace: TERM ends sleep long before the grace period does; a container with a handler had the time to heed TERM; the seconds are measured",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := deleteWitnessed(ctx, b)
			if s.exitCode == killedByTERM { // by which signal it ended is no matter of time
				return
			}
			if s.lasted >= s.grace {
				s.prompt()
			}
			Expect(s.lasted < s.grace).To(BeTrue(), "sleep lived on for %s after the deletion, with a grace period of %s: it is not PID 1, so TERM should have ended it at once", s.lasted, s.grace)
			Expect(s.exitCode).To(Equal(unknown), "sleep ended in time, but not by TERM: its exit code should be %d", killedByTERM)
		},
	},
	Isolated: claim.Side{
		Observe: "the same pod: sleep, as PID 1, outlives TERM until the grace period ends; the container with a handler ends at once",
		Check: func(ctx context.Context, b *lab.Bench) {
			s := deleteWitnessed(ctx, b)
			Expect(s.lasted >= s.grace).To(BeTrue(), "sleep ended %s after the deletion, with a grace period of %s: as PID 1 without a handler it should have outlived TERM", s.lasted, s.grace)
			Expect(s.exitCode).To(BeElementOf(killedByKILL, unknown), "sleep lasted as long as it should, but was not killed: its exit code should be %d", killedByKILL)
		},
	},
}

// unknown is the exit code where the pod's last status has none: the kubelet may have lost it.
const unknown = -1

// sleeperFate is how a pod's sleep ended that was deleted.
type sleeperFate struct {
	lasted   time.Duration // sleep, after the deletion was asked for
	heeded   time.Duration // the container beside it, which heeds its signal: the control
	grace    time.Duration
	exitCode int
	logs     map[string]string // of the other containers
}

// prompt says that the control was, so that what lasted longer is not the load's doing.
func (s sleeperFate) prompt() {
	ginkgo.GinkgoHelper()
	if s.heeded >= s.grace/2 {
		unobserved(reports.CauseTime, fmt.Sprintf("the control, a container with a handler, lasted for %s of a grace period of %s: too slow to tell", s.heeded, s.grace))
	}
}

// deleteWitnessed deletes a pod that runs sleep, and a container with a handler for TERM beside it.
func deleteWitnessed(ctx context.Context, b *lab.Bench) sleeperFate {
	s := deleteSleeper(ctx, func() *lab.Pod { return must(b.NewPod(ctx, "term-is-prompt.yaml")) })
	Control(s.logs["witness"]).To(HavePrefix("heeded\n"), "control: a container with a handler for TERM should have been sent TERM, and been given the time to heed it; its log is the following")
	return s
}

// deleteSleeper deletes a pod, as it is made, that runs sleep, and a container with a handler for its stop signal beside it.
func deleteSleeper(ctx context.Context, make func() *lab.Pod) sleeperFate {
	p := make()
	sleeper, witness := p.Container("sleeper"), p.Container("witness")
	sleeperEnd, witnessEnd := must(sleeper.Companion(ctx)), must(witness.Companion(ctx))
	following := map[string]func() (string, error){}
	for _, c := range p.Containers() {
		if c.Name != sleeper.Name {
			following[c.Name] = must(c.Follow(ctx))
		}
	}
	d := deleted(ctx, p, "deleting the pod hangs", make)
	measured("seconds-from-delete-to-gone", d.Took.Seconds())

	logs := map[string]string{}
	for name, log := range following {
		logs[name] = must(log())
		evidence("log of container "+name, logs[name])
	}
	heeded := must(witnessEnd()).Sub(d.Asked).Round(time.Millisecond)
	lasted := must(sleeperEnd()).Sub(d.Asked).Round(time.Millisecond)
	measured("seconds-from-delete-to-end", lasted.Seconds())
	evidence("lasted after the deletion was asked for", fmt.Sprintf("sleep %s; a container that heeds its signal %s; grace period %s", lasted, heeded, p.Grace()))
	end := d.Finished(sleeper.Name)
	evidence("end of container sleeper by the pod's last status", end)
	s := sleeperFate{lasted: lasted, heeded: heeded, grace: p.Grace(), exitCode: unknown, logs: logs}
	if end != nil && end.ContainerID != "" {
		s.exitCode = int(end.ExitCode)
	}
	return s
}

// measured attaches a number to the spec's report.
func measured(name string, value float64) {
	ginkgo.AddReportEntry(reports.MeasurementEntry+name, fmt.Sprintf("%.2f", value), ginkgo.ReportEntryVisibilityFailureOrVerbose)
}

var deleteLeavesNothing = claim.Claim{
	ID:       "delete-leaves-nothing",
	Title:    "deleting the pod ends all its processes, the sandbox's included",
	Promise:  claim.Promise{From: "API, PodSpec.terminationGracePeriodSeconds", Text: "the duration in seconds after the processes running in the pod are sent a termination signal and the time when the processes are forcibly halted with a kill signal"},
	Kind:     claim.Conformance,
	Nodes:    claim.EachNode,
	Fixtures: []string{"delete-leaves-nothing.yaml"},
	Shared:   claim.Side{Observe: nothingObserve, NeedsNode: lab.Looking, Check: nothingIsLeft},
	Isolated: claim.Side{Observe: nothingObserve, NeedsNode: lab.Looking, Check: nothingIsLeft},
}

// slack is how much longer than the API's part of a deletion the node's may take.
const slack = 3

const nothingObserve = "two containers that heed TERM, one with a daemon, one with an exec'd process: within the grace period no process of the pod is on the node, " +
	"neither in its cgroups nor by the PIDs and start times of before; before, all of them and the sandbox's were (the sandbox's alone, where pods have a kernel of their own)"

func nothingIsLeft(ctx context.Context, b *lab.Bench) {
	p, daemon, held := podToLeaveNothing(ctx, b)
	ids := must(p.CgroupIDs(ctx))
	before := must(b.NodeProcesses(ctx)).In(ids...).Lasting()
	evidence("the pod's processes on the node", before)
	Control(before).To(ContainElement(HaveField("ID", must(sandboxID(ctx, p)))), "control: the sandbox's process should be one of the pod's on the node:\n%s", before)
	if ownKernel(ctx, p.Container("one")) == "" {
		for _, child := range []lab.Process{daemon, held} {
			Control(before.WithWord(child.Word)).To(HaveLen(1), "control: a child should be one of the pod's processes on the node:\n%s", before)
		}
	}

	d := deleted(ctx, p, "deleting the pod hangs", func() *lab.Pod { p, _, _ := podToLeaveNothing(ctx, b); return p })
	measured("seconds-from-delete-to-gone", d.Took.Seconds())
	// On a slow node all of it takes longer: the API's part of the deletion is the measure.
	within := max(p.Grace()-d.Took, slack*d.Took)
	eventuallyWithin(ctx, within, b.PaceOfPods, func(g Gomega) {
		now := seen(b.NodeProcesses(ctx))
		g.Expect(before.Still(now)).To(BeEmpty(), "processes of the deleted pod live on, on the node:\n%s", before.Still(now))
		g.Expect(now.In(ids...)).To(BeEmpty(), "new processes are in the deleted pod's cgroups, on the node:\n%s", now.In(ids...))
	}, "no process should be left when the grace period (%s from the deletion) ends", p.Grace())
}

// podToLeaveNothing has a daemon in one container, and a process that was exec'd in another.
func podToLeaveNothing(ctx context.Context, b *lab.Bench) (p *lab.Pod, daemon, held lab.Process) {
	p = must(b.NewPod(ctx, "delete-leaves-nothing.yaml"))
	return p, must(p.Container("one").Daemon(ctx, "/tmp/lock")), must(p.Container("other").Hold(ctx))
}
