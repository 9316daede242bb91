// Package strictyaml reads YAML files that people write: what is not understood is refused.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// ReadFile reads a file's one document into out. Unknown fields and a second document are errors that name the file.
func ReadFile(dir fs.FS, name string, out any) error {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(out); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return errors.New(name + ": more than one document")
	}
	return nil
}
