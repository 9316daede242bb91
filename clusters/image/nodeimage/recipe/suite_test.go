package recipe

import (
	"os"
	"testing"

	"golang.org/x/mod/modfile"
)

// suiteRequires returns the version of a module that the suite itself is built with.
func suiteRequires(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile("../../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.Require {
		if r.Mod.Path == path {
			return r.Mod.Version
		}
	}
	t.Fatalf("the suite does not require %s", path)
	return ""
}
