// Package paths says where gateproof keeps files outside the repository.
package paths

import (
	"os"
	"path/filepath"
)

// Cache is the folder of what is built once and reused: $GATEPROOF_CACHE, or gateproof in the user's cache folder.
func Cache() string {
	if dir := os.Getenv("GATEPROOF_CACHE"); dir != "" {
		return dir
	}
	base, err := os.UserCacheDir()
	if err != nil {
		base = "/var/cache"
	}
	return filepath.Join(base, "gateproof")
}

// Temp is the folder of one run's temporary files; whoever makes it removes it.
func Temp(runID string) string { return filepath.Join(os.TempDir(), "gateproof-"+runID) }

// GoTemp has every go command below this process build in dir: one that is stopped leaves its folder behind.
func GoTemp(dir string) error { return os.Setenv("GOTMPDIR", dir) }
