package recipe

import (
	"fmt"
	"io/fs"

	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// parse reads recipe.yaml in dir and its modules' files, which are in dir or in shared. It refuses what it does not
// know and what refers to nothing.
func parse(dir, shared fs.FS) (Recipe, error) {
	var r Recipe
	if err := strictyaml.ReadFile(dir, "recipe.yaml", &r); err != nil {
		return r, err
	}
	for i := range r.Modules {
		m := &r.Modules[i]
		if len(m.Stamp) > 0 {
			m.Version = r.Version
		}
		var err error
		if m.Mod, m.Sum, err = moduleFiles(m.Name, dir, shared); err != nil {
			return r, fmt.Errorf("module %s: %w", m.Name, err)
		}
	}
	return r, r.validate()
}

func moduleFiles(name string, dirs ...fs.FS) (mod, sum []byte, err error) {
	for _, dir := range dirs {
		if mod, err = fs.ReadFile(dir, name+".mod.txt"); err == nil {
			sum, err = fs.ReadFile(dir, name+".sum.txt")
			return mod, sum, err
		}
	}
	return nil, nil, err
}
