//go:build !linux

package engine

import "syscall"

// ownNamespaces is of Linux, as dockerd is.
func ownNamespaces() *syscall.SysProcAttr { return nil }
