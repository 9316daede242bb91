package lab

import (
	"context"
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/clusters/watching"
)

// follow notes how each container of the pod ends, for as long as ctx lives.
//
// The status after a restart does not always tell: the kubelet's garbage collection, once a minute, keeps one container
// that is not running, and takes a successor created but not yet started for that one. The end was reported before.
func (p *Pod) follow(ctx context.Context) {
	pods := p.bench.Client.CoreV1().Pods(p.Namespace)
	go func() {
		// An error is ctx's end: what was not seen by then is missed by Restarted, which says so.
		_ = watching.Until(ctx, pods, p.Name, &corev1.Pod{}, func(pod *corev1.Pod) (bool, error) {
			p.noteEnds(pod.Status.ContainerStatuses)
			return false, nil
		})
	}()
}

// noteEnds keeps the ends that a pod's status tells. A container created but never started, which the kubelet calls
// terminated too, has no time of an end.
func (p *Pod) noteEnds(statuses []corev1.ContainerStatus) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range statuses {
		for _, state := range []corev1.ContainerState{s.LastTerminationState, s.State} {
			if end := state.Terminated; end != nil && !end.FinishedAt.IsZero() {
				p.ends[end.ContainerID] = *end
			}
		}
	}
}

// ErrEndUntold: the pod's status never said how a container had ended. Where the kubelet stops a container and starts its
// successor in one go, and collects garbage meanwhile, it has forgotten the end before its first word on it.
var ErrEndUntold = errors.New("the kubelet has not told how the container ended")

// end waits for the kubelet's word on how a container has ended. Without any the error wraps ErrEndUntold.
func (c *Container) end(ctx context.Context, containerID string) (*corev1.ContainerStateTerminated, error) {
	var end corev1.ContainerStateTerminated
	err := poll(ctx, Timeouts.Observation, fmt.Sprintf("the pod's status to say how %s (%s) ended", c, containerID), func() (bool, string, error) {
		c.Pod.mu.Lock()
		defer c.Pod.mu.Unlock()
		var ok bool
		end, ok = c.Pod.ends[containerID]
		return ok, "nothing said of it, neither as it ended nor as the state before the restart", nil
	})
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", ErrEndUntold, err)
	}
	return &end, err
}

// Lost says that the runtime does not know how the container of now, or of before, ended. The words are containerd's, CRI-O's and the kubelet's for that.
func Lost(s corev1.ContainerStatus) bool {
	for _, state := range []corev1.ContainerState{s.State, s.LastTerminationState} {
		if end := state.Terminated; end != nil && (end.Reason == "Unknown" || end.Reason == "ContainerStatusUnknown") {
			return true
		}
	}
	return false
}
