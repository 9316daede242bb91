package lab

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"

	"github.com/gateproof/gateproof/fixtures"
)

// Object is an API object of any kind as JSON has it: no client's types stand between it and the server.
type Object struct{ *unstructured.Unstructured }

func (o Object) String() string { return o.GetKind() + " " + o.GetName() }

// Objects reads a fixture that may hold several documents.
func Objects(fixture string) ([]Object, error) {
	data, err := fixtures.Manifest(fixture)
	if err != nil {
		return nil, err
	}
	var out []Object
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("fixture %s: %w", fixture, err)
		}
		o := Object{&unstructured.Unstructured{}}
		if err := yaml.Unmarshal(document, &o.Object); err != nil {
			return nil, fmt.Errorf("fixture %s: %w", fixture, err)
		}
		out = append(out, o)
	}
}

// Create posts the object into a namespace and returns the answer. The API server's errors come as they are.
func (b *Bench) Create(ctx context.Context, namespace string, o Object) (Object, error) {
	served, client, err := b.served(ctx, namespace, o)
	if err != nil {
		return o, err
	}
	made, err := client.Create(ctx, served.Unstructured, metav1.CreateOptions{})
	return Object{made}, err
}

// Apply is server-side apply of the object; supported is false where the server has none.
func (b *Bench) Apply(ctx context.Context, namespace string, o Object) (answer Object, supported bool, err error) {
	served, client, err := b.served(ctx, namespace, o)
	if err != nil {
		return o, false, err
	}
	applied, err := client.Apply(ctx, o.GetName(), served.Unstructured, metav1.ApplyOptions{FieldManager: "gateproof"})
	if apierrors.IsUnsupportedMediaType(err) {
		return o, false, nil
	}
	return Object{applied}, true, err
}

// ReadBack reads an object by a client that shares nothing with the one that wrote it.
func (b *Bench) ReadBack(ctx context.Context, namespace string, o Object) (Object, error) {
	_, client, err := b.served(ctx, namespace, o)
	if err != nil {
		return o, err
	}
	got, err := client.Get(ctx, o.GetName(), metav1.GetOptions{})
	return Object{got}, err
}

// PodField is a boolean field of the pod spec that the object is or carries: true, false, or absent.
func (o Object) PodField(name string) (string, error) {
	path := append(o.template(), "spec")
	if _, found, err := unstructured.NestedMap(o.Object, path...); err != nil || !found {
		return "", fmt.Errorf("%s has no pod spec at %q: %v", o, path, err)
	}
	value, found, err := unstructured.NestedBool(o.Object, append(path, name)...)
	if err != nil || !found {
		return "absent", err
	}
	return strconv.FormatBool(value), nil
}

// template is where the object has its pod's metadata and spec.
func (o Object) template() []string {
	switch o.GetKind() {
	case "Pod":
		return nil
	case "PodTemplate":
		return []string{"template"}
	case "CronJob":
		return []string{"spec", "jobTemplate", "spec", "template"}
	}
	return []string{"spec", "template"}
}
