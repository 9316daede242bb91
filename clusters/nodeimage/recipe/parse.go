package recipe

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// parse reads recipe.yaml in dir and its modules' files, which are in dir or in shared. It refuses what it does not
// know and what refers to nothing.
func parse(dir, shared fs.FS) (Recipe, error) {
	var r Recipe
	data, err := fs.ReadFile(dir, "recipe.yaml")
	if err != nil {
		return r, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&r); err != nil {
		return r, fmt.Errorf("recipe.yaml: %w", err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return r, errors.New("recipe.yaml: more than one document")
	}
	for i := range r.Modules {
		m := &r.Modules[i]
		if len(m.Stamp) > 0 {
			m.Version = r.Version
		}
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
