// Package gobuild builds programs out of Go modules that the suite itself does not depend on. Each build has a main
// module of its own, whose go.mod and go.sum are part of the recipe, so what is built is pinned and verified.
package gobuild

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Module is a build: its go.mod and go.sum, and the programs to build with them.
type Module struct {
	Name     string    `yaml:"name"`
	Programs []Program `yaml:"programs"`
	Stamp    []string  `yaml:"stamp"` // packages whose version variables are set, as Kubernetes' build does
	Patches  []Patch   `yaml:"patches"`
	OpenAPI  *OpenAPI  `yaml:"openapi"` // what to generate first
	Release  *Release  `yaml:"release"` // where Mod and Sum come from when they are not given
	Version  string    `yaml:"-"`       // v1.16.15: for Stamp and Release, and to tell progress
	Mod      []byte    `yaml:"-"`       // go.mod
	Sum      []byte    `yaml:"-"`       // go.sum
}

// MarshalJSON has the format in each digest that a Module is an input of.
func (m Module) MarshalJSON() ([]byte, error) {
	type fields Module
	return json.Marshal([]any{format, fields(m)})
}

// Program is one program. Its name is As, or else the last element of the package's, or of the C file's, path.
type Program struct {
	Package string   `yaml:"package"` // its import path; of a C program, its module's path
	CGO     bool     `yaml:"cgo"`     // has parts in C that it cannot do without
	Tags    []string `yaml:"tags"`
	As      string   `yaml:"as"`
	C       string   `yaml:"c"` // a C file in the module, linked statically
}

// Name is the program's file name.
func (p Program) Name() string {
	if p.As != "" {
		return p.As
	}
	if p.C != "" {
		return strings.TrimSuffix(path.Base(p.C), ".c")
	}
	return path.Base(p.Package)
}

// OpenAPI is a generated package that a release's own build makes and its module lacks.
type OpenAPI struct {
	Module  string `yaml:"module"`
	Package string `yaml:"package"` // in Module
	Header  string `yaml:"header"`  // in Module: the licence header of the generated file
}

// Validate names what is missing. A module without programs is one whose files are used.
func (m Module) Validate() error {
	if m.Name == "" {
		return errors.New("a module has no name")
	}
	if (len(m.Stamp) > 0 || m.Release != nil) && !strings.HasPrefix(m.Version, "v") {
		return fmt.Errorf("module %s: version %q to build", m.Name, m.Version)
	}
	if m.Release != nil {
		if err := m.Release.validate(); err != nil {
			return fmt.Errorf("module %s: %w", m.Name, err)
		}
	}
	for _, p := range m.Patches {
		if err := p.validate(); err != nil {
			return fmt.Errorf("module %s: %w", m.Name, err)
		}
	}
	for _, p := range m.Programs {
		if p.Package == "" {
			return fmt.Errorf("module %s: a program has no package", m.Name)
		}
	}
	if g := m.OpenAPI; g != nil && (g.Header == "" || !strings.HasPrefix(g.Package, g.Module+"/")) {
		return fmt.Errorf("module %s: openapi needs a header, and a package in its module", m.Name)
	}
	return nil
}

// ldflags leaves out symbols and sets the version.
func (m Module) ldflags() string {
	flags := []string{"-s", "-w"}
	major, rest, _ := strings.Cut(strings.TrimPrefix(m.Version, "v"), ".")
	minor, _, _ := strings.Cut(rest, ".")
	for _, pkg := range m.Stamp {
		for _, v := range [][2]string{{"gitVersion", m.Version}, {"gitMajor", major}, {"gitMinor", minor}, {"gitTreeState", "clean"}} {
			flags = append(flags, "-X="+pkg+"."+v[0]+"="+v[1])
		}
	}
	return strings.Join(flags, " ")
}
