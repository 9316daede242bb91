// Package ociruntime brings OCI runtimes other than the nodes' own into a cluster, beside it: each is a folder that is copied into
// the node, a handler in containerd's configuration and, in the cluster, a RuntimeClass of the same name. A containerd comes in the same way, in the
// place of the node's own.
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

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/image/folder"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// InNode is where a node has its runtime's folder.
const InNode = "/opt/gateproof/runtime"

// ContainerdOf is the name of the containerd of a Debian suite.
func ContainerdOf(suite string) string { return "containerd-" + suite }

// Runtime is an OCI runtime: where its programs come from, and how containerd is told of it.
type Runtime struct {
	Name          string `yaml:"-"` // crun-sid
	Program       string `yaml:"-"` // crun
	folder.Folder `yaml:",inline"`
	Containerd    Containerd `yaml:"containerd"`
	Instead       []string   `yaml:"instead"` // of containerd: the programs, in the folder, that the node has in the place of its own
	Asked         []string   `yaml:"asked"`   // the command, in the folder, that tells a package's version
	// OCIVersion is what containers' configurations say to be of, for the suites whose package refuses later ones.
	OCIVersion map[string]string `yaml:"ociVersion"`
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

// Programs are the runtimes that there are, whatever their versions.
func Programs() []string {
	paths, _ := fs.Glob(declared, "declared/*.yaml") // the pattern is good
	var names []string
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(path.Base(p), ".yaml"))
	}
	return names
}

// For returns the runtime of that name: a program's, as it is declared, or with a Debian suite whose package it is (crun-sid), or a version of its
// module (runc-v1.0.2).
func For(name string) (Runtime, error) {
	program, of, _ := strings.Cut(name, "-")
	r := Runtime{Name: name, Program: program}
	if !slices.Contains(Programs(), program) {
		return r, fmt.Errorf("there is no runtime %q; there are: %s", name, strings.Join(Programs(), ", "))
	}
	if err := strictyaml.ReadFile(declared, "declared/"+program+".yaml", &r); err != nil {
		return r, fmt.Errorf("runtime %s: %w", name, err)
	}
	switch {
	case semver.IsValid(of):
		r.ModuleVersion, r.Root = of, nil
	case of != "" && r.Root != nil:
		r.Root.Suite, r.Module = of, nil
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
	if r.Containerd.Type == "" && r.Instead == nil {
		return errors.New("containerd: runtime_type is missing")
	}
	return nil
}

// Ensure returns the runtime's folder on this machine for an architecture, in Go's words.
func (r Runtime) Ensure(ctx context.Context, arch string) (string, error) {
	own, err := fs.Sub(files, "files/"+r.Program) // which containerd has none of
	if err != nil {
		return "", err
	}
	texts := map[string]string{}
	if v := r.ociVersion(); v != "" {
		texts["oci-version"] = v
	}
	return r.Folder.Ensure(ctx, r.Name, arch, own, texts, r)
}

// Changes says what of the runtime is not as it was released, one sentence a change.
func (r Runtime) Changes() []string {
	out := r.Folder.Changes()
	if v := r.ociVersion(); v != "" {
		out = append(out, fmt.Sprintf("config.json says to be of OCI's format %s, whatever it is of: this version refuses a later one", v))
	}
	return out
}

// ociVersion is what its containers' configurations are made to say to be of; "" where they are left alone.
func (r Runtime) ociVersion() string {
	if r.Root == nil {
		return ""
	}
	return r.OCIVersion[r.Root.Suite]
}
