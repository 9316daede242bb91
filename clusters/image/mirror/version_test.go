package mirror

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/mod/modfile"
)

// The image's tag tells of the libraries that the program is built with.
func TestLibrariesAreTheSuites(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("../../../go.mod")
	g.Expect(err).NotTo(HaveOccurred())
	f, err := modfile.Parse("go.mod", data, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(goVersion).To(Equal(f.Go.Version))
	versions := map[string]string{}
	for _, r := range f.Require {
		if _, ours := libraries[r.Mod.Path]; ours {
			versions[r.Mod.Path] = r.Mod.Version
		}
	}
	g.Expect(libraries).To(Equal(versions), "a change of one makes another image")
}
