package engine

import "syscall"

// detach unmounts at once, even what is in use.
func detach(point string) error { return syscall.Unmount(point, syscall.MNT_DETACH) }
