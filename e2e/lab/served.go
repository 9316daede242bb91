package lab

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
)

// served is the object in the version of its kind that the server has (CronJob moved to v1 with 1.21), and its
// images' names as the nodes find them; and a fresh client for its kind.
func (b *Bench) served(ctx context.Context, namespace string, o Object) (Object, dynamic.ResourceInterface, error) {
	client, err := dynamic.NewForConfig(rest.CopyConfig(b.Config))
	if err != nil {
		return o, nil, err
	}
	kind := o.GroupVersionKind()
	for _, version := range []string{"v1", "v1beta1"} {
		gv := schema.GroupVersion{Group: kind.Group, Version: version}
		resource, err := b.resource(ctx, gv, kind.Kind)
		if err != nil {
			return o, nil, err
		}
		if resource != "" {
			moved := Object{o.DeepCopy()}
			moved.SetAPIVersion(gv.String())
			if err := b.fit(moved); err != nil {
				return o, nil, err
			}
			return moved, client.Resource(gv.WithResource(resource)).Namespace(namespace), nil
		}
	}
	return o, nil, fmt.Errorf("the server has no %s in v1 or v1beta1", kind.GroupKind())
}

// resource is the name by which the server has a kind in a version, "" where it has none.
func (b *Bench) resource(ctx context.Context, gv schema.GroupVersion, kind string) (string, error) {
	list, err := b.Client.Discovery().ServerResourcesForGroupVersionWithContext(ctx, gv.String())
	if notFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("what the server has in %s: %w", gv, err)
	}
	for _, r := range list.APIResources {
		// A subresource (jobs/status) may name its parent's kind.
		if r.Kind == kind && !strings.Contains(r.Name, "/") {
			return r.Name, nil
		}
	}
	return "", nil
}
