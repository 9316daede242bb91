package lab

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

// A pod that asks for sharing and does not come up may be refused by a broken cluster, or by a policy, a full node, a slow
// registry. The control is its twin: the same pod without the field, on the same node. It is made only when something has failed.

// ErrRefusedByDeclaration: the lane declares that its API server refuses pods with the field, and so it does.
var ErrRefusedByDeclaration = fmt.Errorf("the API server refuses pods with the field, as the lane declares")

// asksToShare says that the pod has the field, set to true.
func asksToShare(pod *corev1.Pod) bool {
	return pod.Spec.ShareProcessNamespace != nil && *pod.Spec.ShareProcessNamespace
}

// attributeRefusal says whose doing it is that the pod's create was answered with an error.
func (p *Pod) attributeRefusal(ctx context.Context, refusal error) error {
	// A policy's 403 is the policy's. Validation's 422 is the API server's, unless the pod is invalid without the field as well.
	if !apierrors.IsInvalid(refusal) || !asksToShare(p.sent) {
		return &Unobserved{CauseOf(refusal), refusal}
	}
	if p.bench.Expect.Field == lane.Refused {
		return &Unobserved{reports.CauseAdmission, fmt.Errorf("%w: %w", ErrRefusedByDeclaration, refusal)}
	}
	manifest, err := yaml.Marshal(withoutField(p.sent))
	if err != nil {
		return err
	}
	if _, err = p.bench.PostPod(ctx, p.Namespace, manifest, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}}); err != nil {
		return unobserved(reports.CauseAdmission, "%w; so is the same pod without the field: %w", refusal, err)
	}
	return &Contradiction{fmt.Errorf("%w; the same pod without the field is accepted", refusal)}
}

// attributeStart says whose doing it is that the pod did not come so far as is wanted.
func (p *Pod) attributeStart(ctx context.Context, what string, wanted func(*corev1.Pod) bool, failed error, last *corev1.Pod) error {
	if !asksToShare(p.sent) || ctx.Err() != nil {
		return &Unobserved{causeOfState(last), failed}
	}
	twin, err := p.likewise(ctx, "twin", withoutField(p.sent), last)
	if err != nil {
		return unobserved(causeOfState(last), "%w; its twin without the field could not be made either: %w", failed, err)
	}
	started := time.Now()
	twinLast, err := twin.waitUntil(ctx, Timeouts.PodReady, what, wanted)
	if err != nil {
		return unobserved(causeOfState(last), "%w; nor did its twin without the field: %w", failed, err)
	}
	took := time.Since(started).Round(time.Second / 10)
	// Once more: what came in between (an image pulled, a node that had room again) has helped the twin alone.
	again, err := p.likewise(ctx, "again", p.sent, last)
	if err != nil {
		return unobserved(CauseOf(err), "%w; its twin without the field did, in %s, and a second try could not be made: %w", failed, took, err)
	}
	againLast, err := again.waitUntil(ctx, Timeouts.PodReady, what, wanted)
	if err == nil {
		return unobserved(reports.CauseTime, "%w; its twin without the field did, and so did a second pod with it", failed)
	}
	if noRoom(againLast) { // the twin may have taken what there was
		return unobserved(reports.CauseUnschedulable, "%w; its twin without the field did, in %s, and there was no room for a second try: %s", failed, took, Describe(againLast))
	}
	// And once more without: a load that comes and goes may have spared the twin alone. Both pods with the field have had longer by then.
	if _, err := p.startedTwin(ctx, last, what, wanted); err != nil {
		return unobserved(CauseOf(err), "%w; its twin without the field did, in %s, and a second twin did not: %w", failed, took, err)
	}
	for _, late := range []*Pod{p, again} {
		now, err := late.Get(ctx)
		if err != nil {
			return unobserved(CauseOf(err), "%w; its twin without the field did, in %s; and now: %w", failed, took, err)
		}
		if wanted(now) {
			return unobserved(reports.CauseTime, "%w; its twin without the field did, in %s, and so has pod %s with it by now", failed, took, late.Name)
		}
	}
	return &Contradiction{fmt.Errorf("with the field the pod does not come up, without it it does, within %s, and again: %w; the twin: %s; a second pod with the field: %s",
		took, failed, Describe(twinLast), Describe(againLast))}
}

// likewise creates a pod beside this one: the same namespace, and the same node where it has one.
func (p *Pod) likewise(ctx context.Context, hint string, like, last *corev1.Pod) (*Pod, error) {
	pod := like.DeepCopy()
	pod.Namespace, pod.ResourceVersion, pod.UID = "", "", ""
	pod.Name = fmt.Sprintf("%s-%s-%s", like.Name, hint, Word()[2:8])
	if last != nil && last.Spec.NodeName != "" {
		bindTo(&pod.Spec, last.Spec.NodeName)
	}
	made, err := p.bench.Client.CoreV1().Pods(p.Namespace).Create(ctx, pod, metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	return p.bench.pod(p.Namespace, made.Name, pod, made), nil
}

// startedTwin makes the pod's twin, and waits until it has come so far as is wanted.
func (p *Pod) startedTwin(ctx context.Context, last *corev1.Pod, what string, wanted func(*corev1.Pod) bool) (*Pod, error) {
	twin, err := p.likewise(ctx, "twin", withoutField(p.sent), last)
	if err == nil {
		_, err = twin.waitUntil(ctx, Timeouts.PodReady, what, wanted)
	}
	return twin, err
}

// withoutField is the pod that does not ask for sharing, and is the same otherwise.
func withoutField(pod *corev1.Pod) *corev1.Pod {
	twin := pod.DeepCopy()
	twin.Spec.ShareProcessNamespace = nil
	return twin
}

// attributeExec says whose doing it is that exec did not answer in the container: it is tried in the pod's twin.
func (c *Container) attributeExec(ctx context.Context, failed error) error {
	if failed == nil || CauseOf(failed) != reports.CauseExec || ctx.Err() != nil || !asksToShare(c.Pod.sent) {
		return failed
	}
	now, err := c.Pod.Get(ctx)
	if err != nil || Status(now, c.Name).State.Running == nil {
		return failed // what does not run answers nobody
	}
	twin, err := c.Pod.startedTwin(ctx, now, "to be Ready", ready)
	if err != nil || !twin.Container(c.Name).answers(ctx) || c.answers(ctx) {
		return failed
	}
	return &Contradiction{fmt.Errorf("exec answers in %s of the same pod without the field, and not here: %w", c.Name, failed)}
}

// answers says that a command runs in the container by exec, within the time that an answer may take.
func (c *Container) answers(ctx context.Context) bool {
	return poll(ctx, Timeouts.ProbeAnswer, "exec to answer", func() (bool, string, error) {
		r, err := c.Run(ctx, "sh", "-c", "exit 0")
		if err != nil {
			return false, "", notYet{err}
		}
		return r.ExitCode == 0, r.String(), nil
	}) == nil
}
