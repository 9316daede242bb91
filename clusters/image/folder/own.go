package folder

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// Own is a folder as a package declares it: declared.yaml says where the programs come from, files has ours.
type Own struct {
	Name string // in the cache
	FS   fs.FS
}

// Declared says where the programs come from.
func (o Own) Declared() (Folder, error) {
	var f Folder
	if err := strictyaml.ReadFile(o.FS, "declared.yaml", &f); err != nil {
		return f, fmt.Errorf("%s: %w", o.Name, err)
	}
	if f.Module != nil {
		f.Module.Version = f.ModuleVersion
	}
	return f, f.Validate()
}

// Ensure returns the folder on this machine for an architecture, in Go's words.
func (o Own) Ensure(ctx context.Context, arch string) (string, error) {
	f, err := o.Declared()
	if err != nil {
		return "", err
	}
	own, err := fs.Sub(o.FS, "files")
	if err != nil {
		return "", err
	}
	return f.Ensure(ctx, o.Name, arch, own, nil, f)
}
