package engine

import (
	"os"
	"path/filepath"
	"testing"
)

func cgroup(t *testing.T, files map[string]string) string {
	root := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestWhichRootCgroupHoldsProcesses(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		held  bool
	}{
		"the machine's own, or version 1's": {},
		"a container's":                     {map[string]string{"cgroup.type": "domain\n", "cgroup.procs": "1\n7\n", "cgroup.subtree_control": "\n"}, true},
		"a container's with systemd in it":  {map[string]string{"cgroup.type": "domain\n", "cgroup.procs": "", "cgroup.subtree_control": "cpu memory\n"}, false},
	} {
		if _, held, err := heldInRoot(cgroup(t, c.files)); held != c.held || err != nil {
			t.Errorf("%s: %v, %v", name, held, err)
		}
	}
	if _, _, err := heldInRoot(cgroup(t, map[string]string{"cgroup.type": "domain\n"})); err == nil {
		t.Error("what is no cgroup passes for one")
	}
}

func TestWhatWasNotMovedIsNotMovedBack(t *testing.T) {
	root := cgroup(t, map[string]string{"cgroup.type": "domain\n"})
	if err := os.Mkdir(filepath.Join(root, movedTo), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := joinRootCgroup(root, nil); err != nil {
		t.Error(err)
	}
}
