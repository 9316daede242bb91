// Package ociruntime brings OCI runtimes other than the nodes' own into a cluster, beside it: each is a folder that is copied into
// the node, a handler in containerd's configuration and, in the cluster, a RuntimeClass of the same name.
package ociruntime

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/image/folder"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// InNode is where a node has its runtime's folder.
const InNode = "/opt/gateproof/runtime"

// Runtime is an OCI runtime: where its programs come from, and how containerd is told of it.
type Runtime struct {
	Name          string `yaml:"-"`
	folder.Folder `yaml:",inline"`
	Containerd    Containerd `yaml:"containerd"`
	Asked         []string   `yaml:"asked"` // the command, in the folder, that tells its version; none: it is ModuleVersion
}

// Containerd is the runtime's entry in containerd's configuration.
type Containerd struct {
	Type     string            `yaml:"runtime_type"`
	Path     string            `yaml:"runtime_path"` // of its shim, if it has one of its own
	BaseSpec string            `yaml:"base_runtime_spec"`
	Options  map[string]string `yaml:"options"`
}

//go:embed declared
var declared embed.FS

//go:embed files
var files embed.FS

// Names are the runtimes that there are.
func Names() []string {
	paths, _ := fs.Glob(declared, "declared/*.yaml") // the pattern is good
	var names []string
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(path.Base(p), ".yaml"))
	}
	return names
}

// For returns the runtime of that name.
func For(name string) (Runtime, error) {
	r := Runtime{Name: name}
	if !slices.Contains(Names(), name) {
		return r, fmt.Errorf("there is no runtime %q; there are: %s", name, strings.Join(Names(), ", "))
	}
	if err := strictyaml.ReadFile(declared, "declared/"+name+".yaml", &r); err != nil {
		return r, fmt.Errorf("runtime %s: %w", name, err)
	}
	if r.Module != nil {
		r.Module.Version = r.ModuleVersion
	}
	if err := r.validate(); err != nil {
		return r, fmt.Errorf("runtime %s: %w", name, err)
	}
	return r, nil
}

func (r Runtime) validate() error {
	if err := r.Folder.Validate(); err != nil {
		return err
	}
	if r.Containerd.Type == "" {
		return errors.New("containerd: runtime_type is missing")
	}
	return nil
}

// Ensure returns the runtime's folder on this machine for an architecture, in Go's words.
func (r Runtime) Ensure(ctx context.Context, arch string) (string, error) {
	own, err := fs.Sub(files, "files/"+r.Name)
	if err != nil {
		return "", err
	}
	return r.Folder.Ensure(ctx, r.Name, arch, own, r)
}
