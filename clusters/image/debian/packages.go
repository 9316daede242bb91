package debian

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"pault.ag/go/debian/dependency"
	"pault.ag/go/debian/version"
)

// Package is a binary package of a suite.
type Package struct {
	Name    string
	Version string
	SHA256  string // of its .deb, hexadecimal

	from     *release
	file     file
	needs    string // Pre-Depends and Depends, as one field
	priority int    // the lower the more at home in Debian
}

// packages are those of a suite for one architecture.
type packages struct {
	where  string // as in "bookworm/arm64"
	named  map[string]*Package
	offers map[string][]offer // by the virtual package's name, the best first
}

// offer is a package that stands in for another by its field Provides.
type offer struct {
	by      *Package
	version string // of what it stands in for; "" where none is said
}

// priorities are policy's, in order.
var priorities = []string{"required", "important", "standard", "optional", "extra"}

// packages reads the suite's lists; arch is Debian's name.
func (s suite) packages(ctx context.Context, arch string) (*packages, error) {
	l := &packages{where: s[0].suite + "/" + arch, named: map[string]*Package{}, offers: map[string][]offer{}}
	err := s.each(ctx, path.Join("main", "binary-"+arch, "Packages"), l.add)
	if err != nil {
		return nil, err
	}
	for _, some := range l.offers {
		slices.SortStableFunc(some, func(a, b offer) int {
			if a.by.priority != b.by.priority {
				return a.by.priority - b.by.priority
			}
			return strings.Compare(a.by.Name, b.by.Name)
		})
	}
	return l, nil
}

func (l *packages) add(from *release, fields map[string]string) error {
	size, err := strconv.ParseInt(fields["Size"], 10, 64)
	if err != nil {
		return err
	}
	p := &Package{
		Name: fields["Package"], Version: fields["Version"], SHA256: fields["SHA256"], from: from,
		file:     file{path: fields["Filename"], size: size, sha256: fields["SHA256"]},
		needs:    fields["Pre-Depends"] + ", " + fields["Depends"],
		priority: slices.Index(priorities, fields["Priority"]),
	}
	if p.priority < 0 {
		p.priority = len(priorities)
	}
	if other, ok := l.named[p.Name]; ok && !later(p.Version, other.Version) {
		return nil
	}
	l.named[p.Name] = p
	provides, err := dependency.Parse(fields["Provides"])
	if err != nil {
		return fmt.Errorf("field Provides: %w", err)
	}
	for _, v := range provides.GetAllPossibilities() {
		o := offer{by: p}
		if v.Version != nil {
			o.version = v.Version.Number
		}
		l.offers[v.Name] = append(l.offers[v.Name], o)
	}
	return nil
}

// later orders versions; one that is none comes first.
func later(a, b string) bool {
	va, err := version.Parse(a)
	if err != nil {
		return false
	}
	vb, err := version.Parse(b)
	return err != nil || version.Compare(va, vb) > 0
}
