package debian

import (
	"cmp"
	"fmt"
	"slices"

	"pault.ag/go/debian/dependency"
)

// resolver collects packages until all that they need is in.
type resolver struct {
	*packages
	in      map[string]*Package
	todo    []*Package // whose needs are not looked at yet
	choices []need     // with several answers, put off until what is certain is in
}

// resolve returns the packages of those names and all that they depend on, in alphabetical order. Essential packages are not
// added by themselves, nor are recommended ones; conflicts are not looked at.
func (l *packages) resolve(names []string) ([]Package, error) {
	r := &resolver{packages: l, in: map[string]*Package{}}
	for _, name := range names {
		p, ok := l.named[name]
		if !ok {
			return nil, fmt.Errorf("%s has no package %s, which was asked for; https://packages.debian.org lists what there is",
				l.where, name)
		}
		r.add(p)
	}
	for len(r.todo) > 0 || len(r.choices) > 0 {
		var err error
		if len(r.todo) > 0 {
			p := r.todo[0]
			r.todo = r.todo[1:]
			err = r.look(p)
		} else {
			n := r.choices[0]
			r.choices = r.choices[1:]
			err = r.choose(n)
		}
		if err != nil {
			return nil, err
		}
	}
	chosen := make([]Package, 0, len(r.in))
	for _, p := range r.in {
		chosen = append(chosen, *p)
	}
	slices.SortFunc(chosen, func(a, b Package) int { return cmp.Compare(a.Name, b.Name) })
	return chosen, nil
}

func (r *resolver) add(p *Package) {
	if r.in[p.Name] == nil {
		r.in[p.Name] = p
		r.todo = append(r.todo, p)
	}
}

// look adds what a package needs for certain, and notes what there is a choice of.
func (r *resolver) look(p *Package) error {
	needs, err := dependency.Parse(p.needs)
	if err != nil {
		return fmt.Errorf("%s: what %s depends on: %w", r.where, p.Name, err)
	}
	for _, relation := range needs.Relations {
		n := need{of: p, one: relation.Possibilities}
		if len(r.answers(n)) > 1 {
			r.choices = append(r.choices, n)
		} else if err := r.choose(n); err != nil {
			return err
		}
	}
	return nil
}

// choose takes what is in already, or else the first answer.
func (r *resolver) choose(n need) error {
	answers := r.answers(n)
	for _, p := range answers {
		if r.in[p.Name] == p {
			return nil
		}
	}
	if len(answers) == 0 {
		return fmt.Errorf("%s has no package %s, on which %s %s depends; the mirror lacks a part of the suite, "+
			"or the suite is in the making", r.where, dependency.Relation{Possibilities: n.one}, n.of.Name, n.of.Version)
	}
	r.add(answers[0])
	return nil
}
