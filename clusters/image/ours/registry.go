package ours

import (
	_ "embed"
	"fmt"
	"os"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"
	"go.yaml.in/yaml/v3"

	"github.com/gateproof/gateproof/clusters/input"
)

// RegistryEnv is the environment variable that names a registry of one's own, HOST/PATH, which `make publish` has filled.
const RegistryEnv = "GATEPROOF_REGISTRY"

// projects is the project's own registry. Only images that pins.yaml has by digest are taken from there.
const projects = "ghcr.io/gateproof"

//go:embed pins.yaml
var pinsYAML []byte

var pins = sync.OnceValues(func() (map[string]string, error) {
	var out map[string]string
	if err := yaml.Unmarshal(pinsYAML, &out); err != nil {
		return nil, fmt.Errorf("pins.yaml: %w", err)
	}
	return out, nil
})

// Registry is the one that RegistryEnv names, "" for none. One that cannot be is an input.Err.
func Registry() (string, error) {
	registry := os.Getenv(RegistryEnv)
	if registry == "" {
		return "", nil
	}
	if _, err := name.NewRepository(registry + "/node"); err != nil {
		return "", input.Errorf("%s=%s: not HOST/PATH of a registry: %w", RegistryEnv, registry, err)
	}
	return registry, nil
}

// Published is where a registry has the image, "" for nowhere that is known.
func (i Image) Published() (string, error) {
	registry, err := Registry()
	if err != nil {
		return "", err
	}
	if registry != "" {
		return registry + "/" + i.String(), nil
	}
	return i.Pinned()
}

// Pinned is where the project's own registry has the image, by its digest; "" where it has not.
func (i Image) Pinned() (string, error) {
	pinned, err := pins()
	if digest := pinned[i.String()]; digest != "" {
		return projects + "/" + i.String() + "@" + digest, err
	}
	return "", err
}

// Known says whether some registry is known to have the image.
func (i Image) Known() bool {
	ref, err := i.Published()
	return ref != "" && err == nil
}
