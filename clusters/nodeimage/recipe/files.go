package recipe

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/gateproof/gateproof/clusters/nodeimage/gobuild"
)

//go:embed versions modules
var files embed.FS

//go:embed overlays
var overlays embed.FS

// kindModule is where the node files of kind come from; the release is the one that boots the clusters.
const kindModule = "kind-v0.33.0"

// Versions lists the Kubernetes versions that have a recipe.
func Versions() []string {
	entries, err := files.ReadDir("versions")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	var versions []string
	for _, e := range entries {
		versions = append(versions, e.Name())
	}
	return versions
}

// For returns the recipe of a Kubernetes version; ok is false where there is none.
func For(version string) (r Recipe, ok bool, err error) {
	if !slices.Contains(Versions(), version) {
		return r, false, nil
	}
	dir, err := fs.Sub(files, "versions/"+version)
	if err != nil {
		return r, true, err
	}
	shared, err := fs.Sub(files, "modules")
	if err != nil {
		return r, true, err
	}
	r, err = parse(dir, shared)
	if err == nil && r.Version != version {
		err = fmt.Errorf("it is of version %q", r.Version)
	}
	if err != nil {
		return r, true, fmt.Errorf("recipe of the node image %s: %w", version, err)
	}
	return r, true, nil
}

// Kind is the module that pins kind's node files.
func Kind() (gobuild.Module, error) {
	shared, err := fs.Sub(files, "modules")
	if err != nil {
		return gobuild.Module{}, err
	}
	m := gobuild.Module{Name: kindModule}
	m.Mod, m.Sum, err = moduleFiles(kindModule, shared)
	return m, err
}

// Overlay is one folder of files, at their paths in the node.
func Overlay(name string) (fs.FS, error) { return fs.Sub(overlays, "overlays/"+name) }
