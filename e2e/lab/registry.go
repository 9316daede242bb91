package lab

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// fromRegistry names a pod manifest's images in a registry: nginx becomes REGISTRY/nginx. Nothing else changes.
func fromRegistry(manifest []byte, registry string) ([]byte, error) {
	var pod map[string]any
	if err := yaml.Unmarshal(manifest, &pod); err != nil {
		return nil, err
	}
	for _, field := range []string{"containers", "initContainers"} {
		list, found, err := unstructured.NestedSlice(pod, "spec", field)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		for _, c := range list {
			container, ok := c.(map[string]any)
			image, isText := container["image"].(string)
			if !ok || !isText {
				return nil, fmt.Errorf("spec.%s: a container without an image", field)
			}
			container["image"] = strings.TrimSuffix(registry, "/") + "/" + image
		}
		if err := unstructured.SetNestedSlice(pod, list, "spec", field); err != nil {
			return nil, err
		}
	}
	return yaml.Marshal(pod)
}
