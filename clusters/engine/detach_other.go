//go:build !linux

package engine

import "errors"

// detach exists for the compiler: an engine is started on Linux only.
func detach(string) error { return errors.ErrUnsupported }
