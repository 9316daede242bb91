package recipe

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/gateproof/gateproof/clusters/image/nodeimage/gobuild"
	"github.com/gateproof/gateproof/clusters/kubeversion"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// commonFile has what all releases' images have in common.
const commonFile = "common.yaml"

// parse reads the ranges in releases, each with what is common.
func parse(releases fs.FS) ([]Range, error) {
	var common Recipe
	if err := strictyaml.ReadFile(releases, commonFile, &common); err != nil {
		return nil, err
	}
	names, err := fs.Glob(releases, "*.yaml")
	if err != nil {
		return nil, err
	}
	var ranges []Range
	for _, name := range names {
		if name == commonFile {
			continue
		}
		var r Range
		if err := strictyaml.ReadFile(releases, name, &r); err != nil {
			return nil, err
		}
		if r.From == "" {
			return nil, errors.New(name + ": from is missing")
		}
		r.Recipe = common.with(r.Recipe)
		ranges = append(ranges, r)
	}
	return ranges, nil
}

// with lays a range's own parts over the common ones.
func (r Recipe) with(own Recipe) Recipe {
	return Recipe{
		// a range's first module is its largest: it goes first
		Modules: slices.Concat(own.Modules, r.Modules),
		Roots:   merged(r.Roots, own.Roots),
		Node: Node{
			Root:         r.Node.Root,
			Overlays:     slices.Concat(r.Node.Overlays, own.Node.Overlays),
			CgroupDriver: own.Node.CgroupDriver,
			Programs:     merged(r.Node.Programs, own.Node.Programs),
			Links:        merged(r.Node.Links, own.Node.Links),
		},
		Images: slices.Concat(r.Images, own.Images),
	}
}

func merged[V any](common, own map[string]V) map[string]V {
	out := maps.Clone(common)
	if out == nil {
		out = map[string]V{}
	}
	maps.Copy(out, own)
	return out
}

// at is the range's recipe for one version, with its modules' files.
func (r Range) at(version string, modules fs.FS) (Recipe, error) {
	out := r.Recipe
	out.Version = version
	out.Modules = slices.Clone(out.Modules)
	for i := range out.Modules {
		m := &out.Modules[i]
		if len(m.Stamp) > 0 || m.Release != nil {
			m.Version = version
		}
		m.Patches = slices.DeleteFunc(slices.Clone(m.Patches), func(p gobuild.Patch) bool {
			return p.Since != "" && !kubeversion.AtLeast(version, p.Since) || p.Below != "" && kubeversion.AtLeast(version, p.Below)
		})
		if err := files(m, modules); err != nil {
			return out, err
		}
	}
	return out, out.validate()
}

// files adds a module's go.mod and go.sum. A release's own serve where there are none.
func files(m *gobuild.Module, modules fs.FS) error {
	if m.Release != nil {
		mod, sum, err := moduleFiles(m.Name+"-"+m.Version, modules)
		if err == nil {
			m.Mod, m.Sum, m.Release = mod, sum, nil
		}
		return nil
	}
	var err error
	m.Mod, m.Sum, err = moduleFiles(m.Name, modules)
	return err
}

func moduleFiles(name string, modules fs.FS) (mod, sum []byte, err error) {
	if mod, err = fs.ReadFile(modules, name+".mod.txt"); err != nil {
		return nil, nil, err
	}
	sum, err = fs.ReadFile(modules, name+".sum.txt")
	return mod, sum, err
}
