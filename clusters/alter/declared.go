package alter

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/strictyaml"
)

// Corpus is a set of declared changes, each a T: mutants, or healthy variants.
type Corpus[T any] struct {
	What  string                            // one of them is called: mutant
	Env   string                            // the variable that names some: MUTANTS
	ID    func(T) string                    // what one of them is named by
	Check func(one *T, family string) error // completes and validates one; family is the name of its file, less .yaml
}

// Read reads all, in the order of their files. Errors name file and id.
func (c Corpus[T]) Read(files fs.FS) ([]T, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []T
	for _, name := range names {
		var some []T
		if err := strictyaml.ReadFile(files, name, &some); err != nil {
			return nil, err
		}
		for _, one := range some {
			id := c.ID(one)
			if err := c.Check(&one, strings.TrimSuffix(name, ".yaml")); err != nil {
				return nil, fmt.Errorf("%s: %s %q: %w", name, c.What, id, err)
			}
			if slices.ContainsFunc(all, func(other T) bool { return c.ID(other) == id }) {
				return nil, fmt.Errorf("%s: %s %q is declared twice", name, c.What, id)
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// Pick finds some by id, comma-separated. An unknown one is an input.Err.
func (c Corpus[T]) Pick(all []T, spec string) ([]T, error) {
	var out []T
	for id := range strings.SplitSeq(spec, ",") {
		i := slices.IndexFunc(all, func(one T) bool { return c.ID(one) == strings.TrimSpace(id) })
		if i < 0 {
			var ids []string
			for _, one := range all {
				ids = append(ids, c.ID(one))
			}
			return nil, input.Errorf("%s: there is no %s %q; there are %s", c.Env, c.What, id, strings.Join(ids, ", "))
		}
		out = append(out, all[i])
	}
	return out, nil
}

var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ValidID refuses what is no id.
func ValidID(id string) error {
	if !idPattern.MatchString(id) {
		return errors.New("id: lower-case words with dashes between them")
	}
	return nil
}

// ValidLane refuses what is not one declared lane.
func ValidLane(name string) error {
	lanes, err := lane.Select(name)
	if err != nil || len(lanes) != 1 {
		return fmt.Errorf("lane: %q is not one of the declared lanes", name)
	}
	return nil
}
