package gobuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Patch is a change of one line in a module that a build uses.
type Patch struct {
	Module string `yaml:"module"`
	File   string `yaml:"file"` // in Module
	From   string `yaml:"from"` // what is there, once
	To     string `yaml:"to"`
	Why    string `yaml:"why"`
	Since  string `yaml:"since" json:",omitempty"` // the first version of a release that it is for; "" for all
	Below  string `yaml:"below" json:",omitempty"` // the first that it is not for any more; "" for none
}

func (p Patch) validate() error {
	if p.Module == "" || p.File == "" || p.From == "" || p.To == "" || p.Why == "" {
		return fmt.Errorf("patch of %s: module, file, from, to and why are needed", p.File)
	}
	return nil
}

// apply changes the text.
func (p Patch) apply(text string) (string, error) {
	if n := strings.Count(text, p.From); n != 1 {
		return "", fmt.Errorf("patch of %s/%s: %q is there %d times, not once", p.Module, p.File, p.From, n)
	}
	return strings.Replace(text, p.From, p.To, 1), nil
}

// patch applies a patch to the build's own copy of the module.
func (w work) patch(ctx context.Context, p Patch) error {
	dir, err := w.copyOf(ctx, p.Module)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, p.File)
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	changed, err := p.apply(string(text))
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(changed), 0o644)
}

// copyOf makes the build use a copy of the module, once, and returns its folder. (Files in Go's module cache can't be
// changed, nor be replaced by an overlay.)
func (w work) copyOf(ctx context.Context, module string) (string, error) {
	dir := filepath.Join(w.dir, "copies", path.Base(module))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	original, err := w.folder(ctx, module)
	if err != nil {
		return "", err
	}
	if err := copyWritable(original, dir); err != nil {
		return "", err
	}
	gomod := filepath.Join(dir, "go.mod")
	if _, err := os.Stat(gomod); errors.Is(err, os.ErrNotExist) { // from before there were modules
		if err := os.WriteFile(gomod, []byte("module "+module+"\n"), 0o644); err != nil {
			return "", err
		}
	}
	return dir, w.run(ctx, "go", "mod", "edit", "-replace="+module+"=./"+filepath.Join("copies", path.Base(module)))
}
