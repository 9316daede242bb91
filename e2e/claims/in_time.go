package claims

import (
	"context"
	"errors"

	"github.com/onsi/ginkgo/v2"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// restarted waits until the kubelet has replaced the container, and returns its end and the new one's status.
func restarted(ctx context.Context, c *lab.Container, before corev1.ContainerStatus, why string) lab.Restart {
	ginkgo.GinkgoHelper()
	after, err := replaced(ctx, c, before, why)
	done(err, "%s, and the kubelet should restart it", why)
	unlost(after.Now)
	return after
}

// replaced is restarted where how the container ended may stay untold: the error is lab.ErrEndUntold then.
func replaced(ctx context.Context, c *lab.Container, before corev1.ContainerStatus, why string) (lab.Restart, error) {
	ginkgo.GinkgoHelper()
	after, err := restart(ctx, c.Pod, why, why+", and the kubelet should restart it", func() (lab.Restart, error) { return c.Restarted(ctx, before) })
	if !errors.Is(err, lab.ErrEndUntold) {
		done(err, "%s, and the kubelet should restart it", why)
	}
	return after, err
}

// renewed waits until all containers of before have a successor, and returns the pod.
func renewed(ctx context.Context, p *lab.Pod, before *corev1.Pod, why string) *corev1.Pod {
	ginkgo.GinkgoHelper()
	now, err := restart(ctx, p, why, why, func() (*corev1.Pod, error) { return p.Renewed(ctx, before) })
	done(err, why)
	return now
}

// restart awaits one; where that is in vain, and the control was in time, once more, and then fails in those words. A pod that is there for its
// lack of the field is itself a control.
func restart[T any](ctx context.Context, p *lab.Pod, why, failure string, await func() (T, error)) (T, error) {
	ginkgo.GinkgoHelper()
	got, err := await()
	if late(ctx, err) {
		if words := lab.GivenUp(must(p.Get(ctx))); words != "" {
			unobserved(reports.CauseOther, why+", and the runtime could not start it, which a pod that restarts nothing does not try again: "+words)
		}
	}
	if !p.Apart() && late(ctx, err) {
		inTime(ctx, lab.Timeouts.Restart, bench.PaceOfPods, why)
		if got, err = await(); late(ctx, err) {
			Fail(failure + ": " + err.Error())
		}
	}
	return got, err
}

// deleted deletes the pod, which must go in time. another makes a pod in the same state: one that goes late can be the load's doing, while a
// cluster that is slow with such pods is so with each.
func deleted(ctx context.Context, p *lab.Pod, why string, another func() *lab.Pod) lab.Deletion {
	ginkgo.GinkgoHelper()
	d, err := p.Delete(ctx)
	if late(ctx, err) {
		inTime(ctx, lab.Timeouts.PodGone, bench.PaceOfPods, why)
		_, second := another().Delete(ctx)
		if late(ctx, second) {
			inTime(ctx, lab.Timeouts.PodGone, bench.PaceOfPods, why)
			Fail(why + ", twice in turn: " + second.Error())
		}
		done(second, why)
		// A kubelet that waits in vain for its runtime's answer asks anew after two minutes.
		if left := p.AwaitGone(ctx, 2*lab.Timeouts.PodGone); late(ctx, left) {
			Fail(why + ": " + left.Error())
		}
		unobserved(reports.CauseTime, why+": another like it went in time, after this one: "+err.Error())
	}
	done(err, why)
	return d
}

// late says that a wait was in vain, and nothing else was in the way.
func late(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && lab.CauseOf(err) == reports.CauseTime && !errors.Is(err, lab.ErrEndUntold)
}
