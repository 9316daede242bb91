package hostpkg

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gateproof/gateproof/clusters/run"
)

func TestMissingFrom(t *testing.T) {
	listing := "runc installed\niptables config-files\nlibc6 installed\nlibc6 not-installed\n"
	got := missingFrom([]string{"docker.io", "runc", "iptables", "libc6:amd64"}, listing)
	if want := []string{"docker.io", "iptables"}; !slices.Equal(got, want) {
		t.Errorf("missing = %q, want %q", got, want)
	}
}

func TestListsAreStale(t *testing.T) {
	for output, want := range map[string]bool{
		"E: Unable to locate package docker.io":                true,
		"E: Failed to fetch http://x/y.deb  404  Not Found":    true,
		"E: Package 'x' has no installation candidate":         true,
		"E: You don't have enough free space in /var/cache/a.": false,
	} {
		if got := listsAreStale(&run.Error{Output: output}); got != want {
			t.Errorf("listsAreStale(%q) = %v", output, got)
		}
	}
	if listsAreStale(errors.New("Unable to locate package")) {
		t.Error("an error that is not a command's counts as stale lists")
	}
}

func TestCannotInstallNamesTheRemedy(t *testing.T) {
	err := &CannotInstallError{Packages: []string{"docker.io", "iptables"}, Reason: "this process is not root"}
	if !strings.Contains(err.Error(), "sudo apt-get install docker.io iptables") {
		t.Errorf("no remedy in %q", err)
	}
}
