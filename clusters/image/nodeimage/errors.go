package nodeimage

import (
	"fmt"
	"strings"
)

// UnknownVersionError says that there is neither a published image of a Kubernetes version nor a recipe for one.
type UnknownVersionError struct {
	Version   string
	Published []string
	Buildable string // the versions that can be built, in words
}

func (e *UnknownVersionError) Error() string {
	return fmt.Sprintf("no node image of Kubernetes %s is known: what can be built here is %s, and published are %s; NODE_IMAGE names one of your own",
		e.Version, e.Buildable, strings.Join(e.Published, ", "))
}

// UnavailableError says that an image can't be had here: it is not present, can't be pulled and there is no recipe
// to build it by.
type UnavailableError struct {
	Ref       string
	Buildable string // the versions that can be had without a registry, in words
	Err       error  // why it can't be pulled
}

func (e *UnavailableError) Error() string {
	return fmt.Sprintf("node image %s is not present and cannot be pulled (%s can be built here): %v",
		e.Ref, e.Buildable, e.Err)
}

func (e *UnavailableError) Unwrap() error { return e.Err }
