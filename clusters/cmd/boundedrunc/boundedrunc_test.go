package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gateproof/gateproof/clusters/engine/bounding"
)

const lacksSysResource = bounding.Set(0x1fffeffffff)

func TestCapabilityFile(t *testing.T) {
	for line, want := range map[string]string{
		"--root /r --log /l --log-format json create --bundle /b --pid-file /p id": "/b/config.json",
		"--root=/r --systemd-cgroup create --bundle=/b id":                         "/b/config.json",
		"-root /r -debug run -b /b id":                                             "/b/config.json",
		"create id --bundle /b":                                                    "/b/config.json",
		"create id":                                                                "config.json",
		"--root /create exec --process /p --detach id":                             "/p",
		"--log create exec --process=/p id":                                        "/p",
		"exec -d -p /p id":                                                         "/p",
		"exec --env A=B id ps --process /q":                                        "",
		"exec -t id -- ps -p 1":                                                    "",
		"--root /r state id":                                                       "",
		"--root /r delete --force id":                                              "",
		"--version":                                                                "",
		"":                                                                         "",
	} {
		if got := capabilityFile(strings.Fields(line)).path; got != want {
			t.Errorf("runc %s: file %q, want %q", line, got, want)
		}
	}
}

func TestBoundDropsWhatIsNotHeld(t *testing.T) {
	config := `{"process":{"capabilities":{"bounding":["CAP_KILL","CAP_SYS_RESOURCE"],"ambient":[]},` +
		`"args":["a<b"],"rlimits":[{"hard":18446744073709551615}]}}`
	got, err := bound([]byte(config), []string{"process", "capabilities"}, lacksSysResource)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"bounding":["CAP_KILL"]`, `"ambient":[]`, `"a<b"`, `"hard":18446744073709551615`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestBoundLeavesAloneWhatItCan(t *testing.T) {
	for name, process := range map[string]string{
		"held":            `{"capabilities":{"bounding":["CAP_KILL"]}}`,
		"no capabilities": `{"args":["sh"]}`,
		"null":            `{"capabilities":null}`,
	} {
		if got, err := bound([]byte(process), []string{"capabilities"}, lacksSysResource); got != nil || err != nil {
			t.Errorf("%s: rewritten to %s, %v", name, got, err)
		}
	}
	if _, err := bound([]byte("{"), nil, lacksSysResource); err == nil {
		t.Error("broken JSON is accepted")
	}
}

func TestRewriteKeepsTheMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "process.json")
	if err := os.WriteFile(path, []byte(`{"capabilities":{"effective":["CAP_SYS_RESOURCE"]}}`), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := rewrite(file{path: path, keys: []string{"capabilities"}}, lacksSysResource); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if b, _ := os.ReadFile(path); strings.TrimSpace(string(b)) != `{"capabilities":{"effective":[]}}` {
		t.Errorf("content %s", b)
	}
	if err := rewrite(file{path: path + ".absent"}, 0); err == nil {
		t.Error("a missing file goes unnoticed")
	}
}
