package claims

import (
	"context"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures/shapes"
)

// tryRefused has a pod refused of what cannot be together. That it is not is no word on sharing: shapes are left out that there could be.
func (r *shapesRun) tryRefused(ctx context.Context, refused shapes.Refused) tried {
	if refused.By == shapes.Kubelet {
		return r.tryKubelet(ctx, refused)
	}
	made, err := lab.MadeOf(refused.Manifest)
	if err != nil {
		return tried{err: err}
	}
	namespace, err := r.place(ctx, made)
	if err != nil {
		return tried{err: err}
	}
	switch _, _, err = r.b.DryRunPod(ctx, namespace, made.Object); {
	case err == nil:
		return tried{saw: "the API server accepts it"}
	case !strings.Contains(err.Error(), refused.Words):
		return tried{err: fmt.Errorf("in other words than %q: %w", refused.Words, err)}
	}
	return tried{notes: err.Error()}
}

// tryKubelet waits for the kubelet's words in the pod's status.
func (r *shapesRun) tryKubelet(ctx context.Context, refused shapes.Refused) tried {
	p, err := r.start(ctx, refused.Manifest)
	if err != nil {
		return tried{err: err}
	}
	defer func() { _ = p.Discard(ctx) }()
	last, err := p.WaitUntil(ctx, lab.Timeouts.PodReady, "to be refused by the kubelet: "+refused.Words, func(pod *corev1.Pod) bool {
		return strings.Contains(lab.Describe(pod), refused.Words)
	})
	if err != nil {
		return tried{err: err}
	}
	return tried{notes: lab.Describe(last)}
}
