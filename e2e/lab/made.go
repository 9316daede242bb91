package lab

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// Made is a pod's manifest that is no fixture: the suite has made it itself.
type Made struct{ Object }

// MadeOf reads such a manifest.
func MadeOf(manifest []byte) (Made, error) {
	o := Object{&unstructured.Unstructured{}}
	return Made{o}, yaml.Unmarshal(manifest, &o.Object)
}

// Level is the one of Pod Security that the pod's namespace should have: as strict as it may be, but Baseline at most, as those of fixtures.
func (m Made) Level() (Level, error) {
	level, err := m.level()
	if err == nil && level != Privileged {
		level = Baseline
	}
	return level, err
}

// StartMade creates the pod in a namespace, and does not wait for it.
func (b *Bench) StartMade(ctx context.Context, namespace string, m Made) (*Pod, error) {
	manifest, err := yaml.Marshal(m.Object.Object)
	if err != nil {
		return nil, err
	}
	fitted, sent, err := b.fittedPod(manifest)
	if err != nil {
		return nil, fmt.Errorf("pod %s: %w", m.GetName(), err)
	}
	return b.post(ctx, namespace, m.GetName(), fitted, sent)
}
