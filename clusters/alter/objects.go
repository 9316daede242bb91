package alter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"

	"github.com/gateproof/gateproof/clusters"
)

// objectsOn makes the objects that are in no namespace, and puts the others into each namespace of the suite's.
func (c Change) objectsOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	config, err := to.RESTConfig()
	if err != nil {
		return as(), err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return as(), err
	}
	known, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return as(), err
	}
	groups, err := restmapper.GetAPIGroupResources(known)
	if err != nil {
		return as(), err
	}
	mapper := restmapper.NewDiscoveryRESTMapper(groups)
	wide, err := prepare(c.Apply, client, mapper)
	if err != nil {
		return as(), err
	}
	each, err := prepare(c.EachNamespace, client, mapper)
	if err != nil {
		return as(), err
	}
	clientset, err := to.Client()
	if err != nil {
		return as(), err
	}
	giving := give(clientset, each)
	altered := Altered{Did: giving.did, Off: func(ctx context.Context) error {
		errs := []error{giving.stop()}
		for _, o := range wide {
			errs = append(errs, o.remove(ctx))
		}
		return errors.Join(errs...)
	}}
	for _, o := range wide {
		if err := o.create(ctx, ""); err != nil {
			return altered, err
		}
	}
	return altered, nil
}

// prepared is an object, and the client for its kind.
type prepared struct {
	*unstructured.Unstructured
	client dynamic.NamespaceableResourceInterface
}

func prepare(text string, client dynamic.Interface, mapper meta.RESTMapper) ([]prepared, error) {
	objects, err := manifests(text)
	if err != nil {
		return nil, err
	}
	var out []prepared
	for _, o := range objects {
		gvk := o.GroupVersionKind()
		mapping, err := mapper.RESTMapping(gvk.GroupKind(), gvk.Version)
		if err != nil {
			return nil, err
		}
		out = append(out, prepared{o, client.Resource(mapping.Resource)})
	}
	return out, nil
}

// create makes the object in the namespace, or in none.
func (p prepared) create(ctx context.Context, namespace string) error {
	var in dynamic.ResourceInterface = p.client
	if namespace != "" {
		in = p.client.Namespace(namespace)
	}
	_, err := in.Create(ctx, p.DeepCopy(), metav1.CreateOptions{})
	return err
}

// remove deletes the object, which is in no namespace.
func (p prepared) remove(ctx context.Context) error {
	err := p.client.Delete(ctx, p.GetName(), metav1.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// manifests reads YAML documents.
func manifests(text string) ([]*unstructured.Unstructured, error) {
	var out []*unstructured.Unstructured
	documents := yaml.NewYAMLOrJSONDecoder(bytes.NewReader([]byte(text)), 4096)
	for {
		o := &unstructured.Unstructured{}
		switch err := documents.Decode(&o.Object); {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		case o.Object == nil:
			continue
		case o.GetKind() == "" || o.GetAPIVersion() == "" || o.GetName() == "":
			return nil, fmt.Errorf("an object without apiVersion, kind or name: %v", o.Object)
		}
		out = append(out, o)
	}
}
