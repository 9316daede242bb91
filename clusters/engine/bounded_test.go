package engine

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bound runs the wrapper, with these capabilities lacking, in front of a runc that prints its arguments.
func bound(t *testing.T, lacking string, args ...string) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "runc"), []byte("#!/bin/sh\necho \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", append([]string{"-c", fmt.Sprintf(bounded, lacking), "boundedrunc"}, args...)...)
	cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != strings.Join(args, " ") {
		t.Errorf("runc was called as %s, %v; want %q", out, err, args)
	}
}

func TestCapabilitiesThatCannotBeGrantedAreNotAskedFor(t *testing.T) {
	const process = `{"args":["a<b","CAP_B"],"env":["X=\"capabilities\":{\"CAP_B\"}"],"capabilities":{"bounding":[%s],"ambient":[]},"rlimits":[{"hard":18446744073709551615}]}`
	for asked, want := range map[string]string{
		`"CAP_A","CAP_B","CAP_C","CAP_D"`: `"CAP_A","CAP_C"`,
		`"CAP_B","CAP_C"`:                 `"CAP_C"`,
		`"CAP_D","CAP_B"`:                 ``,
		`"CAP_BB","CAP_A"`:                `"CAP_BB","CAP_A"`,
		``:                                ``,
	} {
		bundle := t.TempDir()
		file := filepath.Join(bundle, "config.json")
		for _, args := range [][]string{
			{"--root", "/r", "--log-format", "json", "create", "--bundle", bundle, "--pid-file", "/p", "id"},
			{"--root", "/r", "exec", "--process", file, "--detach", "id"},
		} {
			if err := os.WriteFile(file, fmt.Appendf(nil, process, asked), 0o640); err != nil {
				t.Fatal(err)
			}
			bound(t, "CAP_B CAP_D", args...)
			got, err := os.ReadFile(file)
			if err != nil || string(got) != fmt.Sprintf(process, want) {
				t.Errorf("%s: %s, %v; want %s", args[3], got, err, want)
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
		}
	}
	bound(t, "CAP_B", "--root", "/r", "state", "id")
}

func TestLackingCapabilitiesAreNamedAsRuncNamesThem(t *testing.T) {
	lacking, err := lackingCapabilities()
	if err != nil {
		t.Skip("not on this system:", err)
	}
	for _, c := range lacking {
		if !strings.HasPrefix(c, "CAP_") || strings.ToUpper(c) != c {
			t.Errorf("%q", c)
		}
	}
}
