package up

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gateproof/gateproof/clusters/owner"
)

func TestGone(t *testing.T) {
	child := exec.Command("true")
	if err := child.Run(); err != nil {
		t.Fatal(err)
	}
	_, live, _ := strings.Cut(owner.Labels()[1], "=")
	p, err := owner.ParseProcess(live)
	if err != nil || p.PID != os.Getpid() {
		t.Fatalf("%q: %+v, %v", live, p, err)
	}
	p.PID = child.Process.Pid
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	kept, damaged := file("a set.json", `{"RunID": "33333333"}`), file("damaged.json", "{")
	listed := strings.Join([]string{
		"11111111 " + live + " ",
		"22222222 " + p.String() + " ",
		"22222222 " + p.String() + " ",
		"33333333 " + p.String() + " ",
		"33333333 " + p.String() + " " + kept,
		"  ", // a node of an image of ours
		"44444444  ",
		"55555555 unreadable ",
		"66666666 " + p.String(), // an image
		"77777777 " + p.String() + " " + kept,
		"88888888 " + p.String() + " " + filepath.Join(dir, "absent"),
		"99999999 " + p.String() + " " + damaged,
	}, "\n")
	if got, want := gone(listed), []string{"22222222", "66666666", "77777777", "88888888"}; !slices.Equal(got, want) {
		t.Errorf("gone: %q, want %q", got, want)
	}
	if got := gone(""); len(got) != 0 {
		t.Errorf("of nothing: %q", got)
	}
}
