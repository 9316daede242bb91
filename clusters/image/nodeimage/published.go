package nodeimage

import (
	_ "embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed published.yaml
var publishedYAML []byte

// published returns the digests of the kind project's own node images, by Kubernetes version.
var published = sync.OnceValues(func() (map[string]string, error) {
	var digests map[string]string
	if err := yaml.Unmarshal(publishedYAML, &digests); err != nil {
		return nil, fmt.Errorf("published.yaml: %w", err)
	}
	return digests, nil
})

// publishedRef is the reference of the published image, or "".
func publishedRef(version string) (string, error) {
	digests, err := published()
	if digests[version] == "" {
		return "", err
	}
	return "kindest/node:" + version + "@" + digests[version], err
}
