package engine

import "syscall"

// ownNamespaces starts a process as the first of its PID namespace, in a mount namespace and a session of its own.
func ownNamespaces() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS}
}
