package workload

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"

	"github.com/gateproof/gateproof/clusters/image/debroot"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// recipe says what an image is made of: a root file system of Debian packages, or none; busybox, or not; and
// what is laid over them. Paths are those in the image, without the leading slash.
type recipe struct {
	Debian  *debroot.Root     `yaml:"debian"`
	Busybox *busybox          `yaml:"busybox"`
	Drop    []string          `yaml:"drop"`    // patterns of path.Match
	Users   []user            `yaml:"users"`   // beside root, with a group of the same name and id
	Folders []string          `yaml:"folders"` // tmp is for everyone
	Files   map[string]string `yaml:"files"`   // path: file beside the recipe; one that starts with #! may be run
	Links   map[string]string `yaml:"links"`   // path: target
	// path: Go file beside the recipe, a program of the standard library alone
	Programs map[string]string `yaml:"programs" json:",omitempty"`
	Config   config            `yaml:"config"`
}

type user struct {
	Name string `yaml:"name"`
	ID   int    `yaml:"id"`
}

type config struct {
	Env        []string `yaml:"env"`
	Entrypoint []string `yaml:"entrypoint"`
	Cmd        []string `yaml:"cmd"`
	Ports      []string `yaml:"ports"` // 80/tcp
	StopSignal string   `yaml:"stopSignal"`
}

// parse reads a recipe and refuses what it does not know or cannot find.
func parse(dir fs.FS) (recipe, error) {
	var r recipe
	if err := strictyaml.ReadFile(dir, "recipe.yaml", &r); err != nil {
		return r, err
	}
	return r, r.validate(dir)
}

// named are the files beside the recipe that it names, by their paths in the image.
func (r recipe) named() map[string]string {
	out := maps.Clone(r.Programs)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, r.Files)
	return out
}

func (r recipe) validate(dir fs.FS) error {
	if r.Debian != nil {
		if err := r.Debian.Validate(); err != nil {
			return fmt.Errorf("debian: %w", err)
		}
	}
	if r.Busybox != nil && r.Busybox.Suite == "" {
		return errors.New("busybox: suite is missing")
	}
	for path, file := range r.named() {
		if _, err := fs.Stat(dir, file); err != nil {
			return fmt.Errorf("files, programs: %s: %w", path, err)
		}
	}
	if len(r.Users) > 0 && r.Debian != nil && !r.Debian.Extracted() {
		return errors.New("users: only where the packages are not configured")
	}
	for _, u := range r.Users {
		if u.Name == "" || u.ID <= 0 {
			return fmt.Errorf("users: %+v needs a name and an id above 0", u)
		}
	}
	if len(r.Config.Entrypoint)+len(r.Config.Cmd) == 0 {
		return errors.New("config: neither entrypoint nor cmd")
	}
	return nil
}
