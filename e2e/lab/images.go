package lab

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Image is the name by which the nodes find an image that a manifest calls name.
func (b *Bench) Image(name string) string {
	return cmp.Or(b.Images.Names[name], name)
}

// source gives the object's images the names by which the nodes find them. Nothing else changes.
func (b *Bench) source(o Object) error {
	if b.Images.Names == nil {
		return nil
	}
	for _, field := range []string{"containers", "initContainers"} {
		path := append(o.template(), "spec", field)
		list, found, err := unstructured.NestedSlice(o.Object, path...)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		for _, c := range list {
			container, ok := c.(map[string]any)
			image, isText := container["image"].(string)
			if !ok || !isText {
				return fmt.Errorf("%s: spec.%s: a container without an image", o, field)
			}
			container["image"] = b.Image(image)
		}
		if err := unstructured.SetNestedSlice(o.Object, list, path...); err != nil {
			return err
		}
	}
	return nil
}
