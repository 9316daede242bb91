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
	made, err := lab.MadeOf(refused.Manifest)
	if err != nil {
		return tried{err: err}
	}
	namespace, err := r.place(ctx, made)
	if err != nil {
		return tried{err: err}
	}
	_, _, err = r.b.DryRunPod(ctx, namespace, made.Object)
	switch {
	case err == nil && refused.Kubelet != "":
		return r.tryKubelet(ctx, namespace, made, refused.Kubelet)
	case err == nil:
		return tried{saw: "the API server accepts it"}
	case refused.Validation == "" || !strings.Contains(err.Error(), refused.Validation):
		return tried{err: fmt.Errorf("in other words than %q: %w", refused.Validation, err)}
	}
	return tried{notes: "by the API server: " + err.Error()}
}

// tryKubelet waits for the kubelet's words in the pod's status.
func (r *shapesRun) tryKubelet(ctx context.Context, namespace string, made lab.Made, words string) tried {
	p, err := r.b.StartMade(ctx, namespace, made)
	if err != nil {
		return tried{err: err}
	}
	defer func() { _ = p.Discard(ctx) }()
	last, err := p.WaitUntil(ctx, lab.Timeouts.PodReady, "to be refused by the kubelet: "+words, func(pod *corev1.Pod) bool {
		return strings.Contains(lab.Describe(pod), words)
	})
	if err != nil {
		return tried{err: err}
	}
	return tried{notes: "by the kubelet: " + lab.Describe(last)}
}
