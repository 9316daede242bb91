package lab

import (
	"context"
	"fmt"
	"maps"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	psa "k8s.io/pod-security-admission/api"

	"github.com/gateproof/gateproof/clusters/owner"
)

// Meshes and agents that put a container, or variables, into every pod leave a namespace alone that says so: what the suite sends
// shall be what runs. These ask no policy to look away: what is refused elsewhere is refused here.

// optOut is one such word. On is where it stands: label, annotation or both.
type optOut struct {
	key, value string
	on         place
	source     string // who reads it there
}

type place int

const (
	label place = 1 << iota
	annotation
)

var optOuts = []optOut{
	{"istio-injection", "disabled", label, "Istio, https://istio.io/latest/docs/reference/config/analysis/ist0148/"},
	{"linkerd.io/inject", "disabled", annotation, "Linkerd, https://linkerd.io/2/features/proxy-injection/"},
	{"config.linkerd.io/admission-webhooks", "disabled", label, "Linkerd, its webhooks' namespaceSelector: https://linkerd.io/2/checks/#l5d-injection-disabled"},
	{"kuma.io/sidecar-injection", "disabled", label | annotation, "Kuma, labels by now and annotations before: kumahq/kuma, pkg/plugins/runtime/k8s/webhooks/injector"},
	{"admission.datadoghq.com/enabled", "false", label, "Datadog, where its webhooks select namespaces instead of pods: DataDog/datadog-agent, pkg/clusteragent/admission, DefaultLabelSelectors"},
}

// Others have no word for a namespace: Consul and Vault read annotations of pods, Dynatrace a selector of its own, and the
// manifests are sent as they are.

// namespaceMeta is what a namespace of the run's is called and labelled; level is Pod Security's.
func (b *Bench) namespaceMeta(level Level) metav1.ObjectMeta {
	m := metav1.ObjectMeta{
		Labels:      map[string]string{owner.Label: b.RunID, psa.EnforceLevelLabel: string(level)},
		Annotations: map[string]string{},
	}
	if b.Node != nil { // somebody's own cluster need not know the machine
		m.Annotations[owner.ProcessLabel] = owner.Mark()
	}
	for _, o := range optOuts {
		if o.on&label != 0 {
			m.Labels[o.key] = o.value
		}
		if o.on&annotation != 0 {
			m.Annotations[o.key] = o.value
		}
	}
	return m
}

// NamespaceChanges reads one of the run's namespaces that NamespaceAt has made, and says which of its labels and annotations are not
// as they were sent. Those that were added are none of them.
func (b *Bench) NamespaceChanges(ctx context.Context, name string, level Level) ([]string, error) {
	got, err := b.Client.CoreV1().Namespaces().Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, fmt.Errorf("reading namespace %s back: %w", name, err)
	}
	sent := b.namespaceMeta(level)
	return slices.Concat(unlike("label", sent.Labels, got.Labels), unlike("annotation", sent.Annotations, got.Annotations)), nil
}

func unlike(what string, sent, got map[string]string) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		if value, there := got[key]; !there {
			out = append(out, fmt.Sprintf("%s %s=%s is gone", what, key, sent[key]))
		} else if value != sent[key] {
			out = append(out, fmt.Sprintf("%s %s=%s has become %q", what, key, sent[key], value))
		}
	}
	return out
}
