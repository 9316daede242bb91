package lab

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/fixtures/probe"
)

// A wait that was in vain contradicts a promise only where what has nothing to do with the promise was in time, under the same load.

// ControlManifest is a pod whose one container ends once, and is started again.
const ControlManifest = "control.yaml"

// paceWord begins the words of processes that Pace has started, which no claim knows of.
const paceWord = "pace"

// Pace is how long it takes to start a process in the container and to see it there.
func (c *Container) Pace(ctx context.Context) (time.Duration, error) {
	started := time.Now()
	_, err := c.holdBy(ctx, paceWord+Word(), probe.Held, nil)
	return time.Since(started), err
}

// PaceOfPods is how long a new pod takes whose container ends by itself and is started again: what a kubelet and its runtime have to do
// for one that is restarted, or deleted, as well.
func (b *Bench) PaceOfPods(ctx context.Context) (time.Duration, error) {
	started := time.Now()
	p, err := b.StartPod(ctx, ControlManifest)
	if err == nil {
		_, err = p.WaitUntil(ctx, Timeouts.Restart, "to have been started again", func(pod *corev1.Pod) bool {
			s := Status(pod, "control")
			return s.RestartCount > 0 && s.State.Running != nil
		})
	}
	return time.Since(started), err
}

// PaceOfNodeLooks is how long it takes to list the node's processes.
func (b *Bench) PaceOfNodeLooks(ctx context.Context) (time.Duration, error) {
	started := time.Now()
	_, err := b.NodeProcesses(ctx)
	return time.Since(started), err
}
