package mirror

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/mod/modfile"
)

// The image's tag tells of the library that the program is built with.
func TestRegistryVersionIsTheSuites(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("../../../go.mod")
	g.Expect(err).NotTo(HaveOccurred())
	f, err := modfile.Parse("go.mod", data, nil)
	g.Expect(err).NotTo(HaveOccurred())
	var version string
	for _, r := range f.Require {
		if r.Mod.Path == "github.com/google/go-containerregistry" {
			version = r.Mod.Version
		}
	}
	g.Expect(registryVersion).To(Equal(version), "a change of it makes another image")
}
