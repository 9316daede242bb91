package debian

import (
	"context"
	"fmt"
	"io"

	"github.com/gateproof/gateproof/clusters/progress"
)

// Root is a root file system: packages and what they depend on, unpacked and not configured. No maintainer script has run in
// it, and what such scripts make (users, alternatives, the links of a merged /usr in bookworm) is not there.
type Root struct {
	Suite   string   // bookworm
	Include []string // names of packages; essential ones are no exception: they are in if they are named or depended on
}

// Validate names what is missing.
func (r Root) Validate() error {
	switch {
	case r.Suite == "":
		return fmt.Errorf("suite is missing")
	case len(r.Include) == 0:
		return fmt.Errorf("a root file system without packages is empty")
	}
	return nil
}

// Resolve returns the packages that make the root file system for an architecture (Go's name), in alphabetical order.
func (a Archive) Resolve(ctx context.Context, root Root, goarch string) (_ []Package, err error) {
	if err := root.Validate(); err != nil {
		return nil, err
	}
	arch, err := Architecture(goarch)
	if err != nil {
		return nil, err
	}
	step := progress.Start(ctx, "read Debian's list of packages, "+root.Suite+"/"+arch)
	defer step.End(&err)
	s, err := a.suite(ctx, root.Suite, step.Note)
	if err != nil {
		return nil, err
	}
	list, err := s.packages(ctx, arch)
	if err != nil {
		return nil, err
	}
	return list.resolve(root.Include)
}

// Write writes the root file system for an architecture (Go's name) as a tar stream. Equal archives give equal bytes.
func (a Archive) Write(ctx context.Context, root Root, goarch string, w io.Writer) error {
	packages, err := a.Resolve(ctx, root, goarch)
	if err != nil {
		return err
	}
	return a.Unpack(ctx, packages, w)
}
