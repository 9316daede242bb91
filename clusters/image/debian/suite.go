package debian

import (
	"context"
	"fmt"
)

// suite are the releases that make a suite: its own, and then those of its updates.
type suite []*release

// suite has the updates that mmdebstrap takes where it is told of no mirror; note is told of those that are left out.
func (a Archive) suite(ctx context.Context, name string, note func(string)) (suite, error) {
	own, err := a.release(ctx, name)
	if err != nil {
		return nil, err
	}
	s := suite{own}
	if a.Security == "" {
		note(fmt.Sprintf("%s as it is on the mirror, without %s-updates and %s-security", name, name, name))
		return s, nil
	}
	security := a
	security.Mirror = a.Security
	for _, updates := range []struct {
		at   Archive
		name string
	}{{a, name + "-updates"}, {security, name + "-security"}} {
		r, err := updates.at.release(ctx, updates.name)
		if absent(err) { // sid has none
			note("there is no " + updates.name)
			continue
		}
		if err != nil {
			return nil, err
		}
		s = append(s, r)
	}
	return s, nil
}

// each reads one list of all the releases, paragraph by paragraph. Updates may lack it: those of security are for fewer architectures.
func (s suite) each(ctx context.Context, list string, use func(*release, map[string]string) error) error {
	for i, r := range s {
		if _, ok := r.files[list+indexExt]; !ok && i > 0 {
			continue
		}
		data, err := r.fetch(ctx, list)
		if err != nil {
			return err
		}
		for fields, err := range paragraphs(data) {
			if err == nil {
				err = use(r, fields)
			}
			if err != nil {
				return fmt.Errorf("%s of suite %s: package %q: %w", list, r.suite, fields["Package"], err)
			}
		}
	}
	return nil
}
