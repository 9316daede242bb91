package lab

import (
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// fitted is a pod's manifest as the lane's cluster wants it: images by the names by which the nodes find them, the credentials to
// pull them with, the lane's RuntimeClass, and the node that the bench is for. Where it wants nothing, the manifest is left byte for byte.
func (b *Bench) fitted(manifest []byte) ([]byte, error) {
	if b.Images.Names == nil && b.Lane.RuntimeClass == "" && b.pullSecret == nil && b.Placed == "" {
		return manifest, nil
	}
	o := Object{&unstructured.Unstructured{}}
	if err := yaml.Unmarshal(manifest, &o.Object); err != nil {
		return nil, err
	}
	if err := b.fit(o); err != nil {
		return nil, err
	}
	return yaml.Marshal(o.Object)
}

// fit changes the object as the lane's cluster wants it, and nothing else in it.
func (b *Bench) fit(o Object) error {
	if err := b.source(o); err != nil {
		return err
	}
	path := append(o.template(), "spec")
	if _, found, err := unstructured.NestedMap(o.Object, path...); err != nil || !found { // one that only names a pod
		return err
	}
	if err := b.withPullSecret(o, slices.Clone(path)); err != nil {
		return err
	}
	if err := b.place(o, slices.Clone(path)); err != nil || b.Lane.RuntimeClass == "" {
		return err
	}
	return unstructured.SetNestedField(o.Object, b.Lane.RuntimeClass, append(path, "runtimeClassName")...)
}
