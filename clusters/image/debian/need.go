package debian

import (
	"pault.ag/go/debian/dependency"
	"pault.ag/go/debian/version"
)

// need is one relation of a package: one of several others.
type need struct {
	of  *Package
	one []dependency.Possibility
}

// answers are the packages that meet a need: for each name in the order given the one that has it, then those that provide it.
func (l *packages) answers(n need) []*Package {
	var found []*Package
	for _, want := range n.one {
		if p, ok := l.named[want.Name]; ok && meets(p.Version, want.Version) {
			found = append(found, p)
		}
		for _, o := range l.offers[want.Name] {
			if l.named[o.by.Name] == o.by && meets(o.version, want.Version) {
				found = append(found, o.by)
			}
		}
	}
	return found
}

func meets(have string, want *dependency.VersionRelation) bool {
	if want == nil {
		return true
	}
	v, err := version.Parse(have)
	return err == nil && want.SatisfiedBy(v)
}
