package recipe

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

//go:embed releases modules
var embedded embed.FS

//go:embed overlays
var overlays embed.FS

// kindModule is where the node files of kind come from; the release is the one that boots the clusters.
const kindModule = "kind-v0.33.0"

func sub(dir string) fs.FS {
	out, err := fs.Sub(embedded, dir)
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	return out
}

// Ranges are the recipes, by the releases that they are for.
func Ranges() ([]Range, error) { return parse(sub("releases")) }

// Buildable says in words which versions have a recipe.
func Buildable() string {
	ranges, err := Ranges()
	if err != nil {
		return "none (" + err.Error() + ")" // a unit test reads the files
	}
	var words []string
	for _, r := range ranges {
		words = append(words, r.String())
	}
	return strings.Join(words, ", ")
}

// String is the range in words.
func (r Range) String() string {
	if r.Below == "" {
		return "from " + r.From + " on"
	}
	return "from " + r.From + " to below " + r.Below
}

func (r Range) has(version string) bool {
	return kubeversion.AtLeast(version, r.From) && (r.Below == "" || !kubeversion.AtLeast(version, r.Below))
}

// For returns the recipe of a Kubernetes version; ok is false where there is none.
func For(version string) (r Recipe, ok bool, err error) {
	ranges, err := Ranges()
	if err != nil {
		return r, false, fmt.Errorf("recipes of node images: %w", err)
	}
	for _, in := range ranges {
		if in.has(version) {
			r, err = in.at(version, sub("modules"))
			if err != nil {
				err = fmt.Errorf("recipe of the node image %s: %w", version, err)
			}
			return r, true, err
		}
	}
	return r, false, nil
}

// Kind is the module that pins kind's node files.
func Kind() (gobuild.Module, error) {
	m := gobuild.Module{Name: kindModule}
	var err error
	m.Mod, m.Sum, err = moduleFiles(kindModule, sub("modules"))
	return m, err
}

// Overlay is one folder of files, at their paths in the node.
func Overlay(name string) (fs.FS, error) { return fs.Sub(overlays, "overlays/"+name) }
