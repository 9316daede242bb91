// Package version says which suite this program is.
package version

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
)

// Release and Commit are set by the linker: the first where a release is made, the second by make, too.
var Release, Commit string

// Suite is the release, or the commit that the program was compiled from; "unknown" where the compiler was not told.
func Suite() string {
	if known := cmp.Or(Release, Commit); known != "" {
		return known
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := of(info); v != "" {
			return v
		}
	}
	if testing.Testing() { // in a clone
		if out, err := exec.Command("git", "describe", "--always", "--dirty").Output(); err == nil {
			return strings.TrimSpace(string(out))
		}
	}
	return "unknown"
}

func of(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if revision := settings["vcs.revision"]; len(revision) >= 7 {
		if settings["vcs.modified"] == "true" {
			return revision[:7] + "-dirty"
		}
		return revision[:7]
	}
	if v := info.Main.Version; v != "(devel)" {
		return v
	}
	return ""
}

// Digest is over the program's own file, which has proved the claims; "" where it cannot be read.
func Digest() string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(self)
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return fmt.Sprintf("sha256:%x", sum.Sum(nil))
}
