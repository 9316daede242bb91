package e2e

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

// promptGrace is the grace period in term-is-prompt.yaml.
const promptGrace = 15 * time.Second

var termIsPrompt = claim.Claim{
	ID:    "term-is-prompt",
	Title: "a container without a handler for TERM ends at once on deletion, because it is not PID 1",
	Quote: "The container process no longer has PID 1; pid_namespaces(7): a signal without a handler is not delivered to a namespace's PID 1",
	Kind:  claim.Conformance,
	Takes: 20 * time.Second,
	Shared: claim.Side{
		Observe: "a deleted pod that runs sleep, with 15 s of grace: TERM ends sleep (exit code 143), and the pod is gone within the grace period; the seconds are measured",
		Check: func(ctx context.Context, b *lab.Bench) {
			d, exitCode := deleteSleeper(ctx, b)
			Expect(exitCode).To(BeEquivalentTo(killedByTERM), "sleep outlived TERM until it was killed: it should have ended by TERM, with exit code %d", killedByTERM)
			Expect(d.Took).To(BeNumerically("<", promptGrace), "sleep ended by TERM, but its pod was there for the whole grace period")
		},
	},
	Isolated: claim.Side{
		Observe: "the same pod: sleep is PID 1 and ignores TERM; KILL ends it (exit code 137) at the end of the grace period, not earlier",
		Check: func(ctx context.Context, b *lab.Bench) {
			d, exitCode := deleteSleeper(ctx, b)
			Expect(exitCode).To(BeEquivalentTo(killedByKILL), "sleep did not ignore TERM: as PID 1 it should have been killed at the end of the grace period, with exit code %d", killedByKILL)
			Expect(d.Took).To(BeNumerically(">=", promptGrace), "sleep was killed before its grace period ended")
		},
	},
}

// deleteSleeper deletes a pod whose only container runs sleep, and returns how that went and how sleep ended.
func deleteSleeper(ctx context.Context, b *lab.Bench) (lab.Deletion, int32) {
	p := must(b.NewPod(ctx, "term-is-prompt.yaml"))
	Expect(p.Grace()).To(Equal(promptGrace), "the pod's grace period")
	d := must(p.Delete(ctx))
	measured("seconds-from-delete-to-gone", d.Took.Seconds())
	end := d.Finished("sleeper")
	evidence("end of container sleeper", end)
	Expect(end).NotTo(BeNil(), "the pod's last status should say how its container ended; the pod: %s", lab.Describe(d.Last))
	return d, end.ExitCode
}

// measured attaches a number to the spec's report.
func measured(name string, value float64) {
	ginkgo.AddReportEntry(reports.MeasurementEntry+name, fmt.Sprintf("%.2f", value), ginkgo.ReportEntryVisibilityFailureOrVerbose)
}

var deleteLeavesNothing = claim.Claim{
	ID:       "delete-leaves-nothing",
	Title:    "deleting the pod ends all its processes, the sandbox's included",
	Quote:    "PodSpec.terminationGracePeriodSeconds: the duration in seconds after the processes running in the pod are sent a termination signal and the time when the processes are forcibly halted with a kill signal",
	Kind:     claim.Conformance,
	Shared:   claim.Side{Observe: nothingObserve, NeedsNode: true, Check: nothingIsLeft},
	Isolated: claim.Side{Observe: nothingObserve, NeedsNode: true, Check: nothingIsLeft},
}

const nothingObserve = "two containers that heed TERM, one with a daemon, one with an exec'd process: within the grace period no process of the pod is on the node, " +
	"neither in its cgroups nor by the PIDs and start times of before; before, all of them and the sandbox's were"

func nothingIsLeft(ctx context.Context, b *lab.Bench) {
	p := must(b.NewPod(ctx, "delete-leaves-nothing.yaml"))
	daemon, held := must(p.Container("one").Daemon(ctx, "/tmp/lock")), must(p.Container("other").Hold(ctx))
	uid := string(p.Created.UID)
	before := must(b.NodeProcesses(ctx)).In(uid).Lasting()
	evidence("the pod's processes on the node", before)
	Expect(before).To(ContainElement(HaveField("ID", must(sandboxID(ctx, p)))), "control: the sandbox's process should be one of the pod's on the node:\n%s", before)
	for _, child := range []lab.Process{daemon, held} {
		Expect(before.WithWord(child.Word)).To(HaveLen(1), "control: a child should be one of the pod's processes on the node:\n%s", before)
	}

	d := must(p.Delete(ctx))
	measured("seconds-from-delete-to-gone", d.Took.Seconds())
	Eventually(ctx, func(g Gomega) {
		now := must(b.NodeProcesses(ctx))
		g.Expect(before.Still(now)).To(BeEmpty(), "processes of the deleted pod live on, on the node:\n%s", before.Still(now))
		g.Expect(now.In(uid)).To(BeEmpty(), "new processes are in the deleted pod's cgroups, on the node:\n%s", now.In(uid))
	}).WithTimeout(max(p.Grace()-d.Took, 0)).WithPolling(lab.Timeouts.Poll).Should(Succeed(),
		"no process should be left when the grace period (%s from the deletion) ends", p.Grace())
}
