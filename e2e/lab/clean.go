package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilnet "k8s.io/apimachinery/pkg/util/net"

	"github.com/gateproof/gateproof/clusters/owner"
)

// stuckFor is how long a namespace may say that its deletion cannot go on before nobody waits for it any more: what it waits for,
// such as an aggregated API that is dead, is somebody else's.
const stuckFor = 30 * time.Second

// Clean removes the run's namespaces, and with them all that the run created on the cluster. With wait it returns when
// they are gone, without when the cluster has been told, as where no time is left for it to wait. A server that does not answer is told again. The error says which are
// left, and what they say of themselves.
func (b *Bench) Clean(ctx context.Context, wait bool) error {
	wait = wait && Timeouts.NamespaceGone > 0
	told := map[string]bool{}
	var left []corev1.Namespace
	var stuckSince time.Time
	err := poll(ctx, Timeouts.NamespaceGone, "the run's namespaces to be gone", func() (bool, string, error) {
		now, err := b.removeNamespaces(ctx, told)
		if silent(err) {
			return false, "", notYet{err}
		}
		if err != nil {
			return false, "", err
		}
		left = now
		stuck := false
		for _, ns := range left {
			stuck = stuck || len(obstacles(ns)) > 0
		}
		switch {
		case !stuck:
			stuckSince = time.Time{}
		case stuckSince.IsZero():
			stuckSince = time.Now()
		case wait && time.Since(stuckSince) > stuckFor:
			return false, "", fmt.Errorf("the cluster says that it cannot delete them: %s", describeLeft(left))
		}
		return len(left) == 0 || !wait, describeLeft(left), nil
	})
	if err != nil {
		return fmt.Errorf("%w; once the cause is mended they go by themselves, or else by: kubectl delete namespace -l %s=%s", err, owner.Label, b.RunID)
	}
	return nil
}

// silent says that the server had no time for the request, or was out of reach: it may do better later.
func silent(err error) bool {
	return err != nil && (apierrors.IsTimeout(err) || apierrors.IsServerTimeout(err) || apierrors.IsTooManyRequests(err) || apierrors.IsServiceUnavailable(err) ||
		utilnet.IsConnectionRefused(err) || utilnet.IsConnectionReset(err) || utilnet.IsTimeout(err) || utilnet.IsProbableEOF(err))
}

// removeNamespaces removes those of the run that have not been told, and returns all that are there.
func (b *Bench) removeNamespaces(ctx context.Context, told map[string]bool) ([]corev1.Namespace, error) {
	list, err := b.Client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{LabelSelector: owner.Label + "=" + b.RunID})
	if err != nil {
		return nil, err
	}
	for _, ns := range list.Items {
		if told[ns.Name] {
			continue
		}
		if err := b.RemoveNamespace(ctx, ns.Name); err != nil {
			return list.Items, err
		}
		told[ns.Name] = true
	}
	return list.Items, nil
}

// obstacles are what a namespace that is going says that it cannot go for; servers below 1.16 say nothing. That content or
// finalizers are left is no obstacle: it takes its time.
func obstacles(ns corev1.Namespace) []string {
	var out []string
	for _, c := range ns.Status.Conditions {
		switch c.Type {
		case corev1.NamespaceDeletionDiscoveryFailure, corev1.NamespaceDeletionGVParsingFailure, corev1.NamespaceDeletionContentFailure:
			if c.Status == corev1.ConditionTrue {
				out = append(out, fmt.Sprintf("%s: %s", c.Type, c.Message))
			}
		}
	}
	return out
}

// describeLeft names the namespaces that are left, and what is in their way, each obstacle once.
func describeLeft(left []corev1.Namespace) string {
	var names, words []string
	said := map[string]bool{}
	for _, ns := range left {
		names = append(names, ns.Name)
		for _, o := range obstacles(ns) {
			if !said[o] {
				said[o] = true
				words = append(words, o)
			}
		}
	}
	text := fmt.Sprintf("%d left", len(left))
	if len(names) > 0 {
		text += " (" + strings.Join(names, ", ") + ")"
	}
	if len(words) > 0 {
		text += "; " + strings.Join(words, "; ")
	}
	return text
}
