package lab

import (
	"context"
	"encoding/json"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
)

// Way is how a client changes an object.
type Way string

// The ways: PUT of the whole object, and kubectl's two kinds of patch.
const (
	Update         Way = "update"
	MergePatch     Way = "merge patch"
	StrategicPatch Way = "strategic merge patch"
)

// Ways are all of them.
var Ways = []Way{Update, MergePatch, StrategicPatch}

// Change sets what is at a path in the pod, or removes it (nil), and returns the answer. The API server's errors come as they are.
func (p *Pod) Change(ctx context.Context, way Way, value any, path ...string) (Object, error) {
	this := Object{&unstructured.Unstructured{}}
	this.SetAPIVersion("v1")
	this.SetKind("Pod")
	this.SetName(p.Name)
	return p.bench.change(ctx, p.Namespace, this, way, value, path...)
}

// change is Change for an object of any kind.
func (b *Bench) change(ctx context.Context, namespace string, this Object, way Way, value any, path ...string) (Object, error) {
	_, client, err := b.served(ctx, namespace, this)
	if err != nil {
		return this, err
	}
	if way == Update {
		whole, err := client.Get(ctx, this.GetName(), metav1.GetOptions{})
		if err != nil {
			return this, err
		}
		whole.SetResourceVersion("") // whoever writes its status meanwhile is no conflict
		unstructured.RemoveNestedField(whole.Object, path...)
		if value != nil {
			if err := unstructured.SetNestedField(whole.Object, value, path...); err != nil {
				return this, fmt.Errorf("%q in %s: %w", path, this, err)
			}
		}
		answer, err := client.Update(ctx, whole, metav1.UpdateOptions{})
		return Object{answer}, err
	}
	patch := value
	for i := len(path) - 1; i >= 0; i-- {
		patch = map[string]any{path[i]: patch}
	}
	body, err := json.Marshal(patch)
	if err != nil {
		return this, err
	}
	kind := map[Way]types.PatchType{MergePatch: types.MergePatchType, StrategicPatch: types.StrategicMergePatchType}[way]
	answer, err := client.Patch(ctx, this.GetName(), kind, body, metav1.PatchOptions{})
	return Object{answer}, err
}
