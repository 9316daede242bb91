package suiteimage

import (
	"os"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/fixtures/program"
)

func TestTheImageIsOfTheProgramsArchitecture(t *testing.T) {
	g := NewWithT(t)
	for _, arch := range program.Architectures() {
		text, err := program.Probe(arch) // a program for linux that needs no library
		g.Expect(err).NotTo(HaveOccurred())
		path, file := t.TempDir()+"/gateproof", t.TempDir()+"/image.tar"
		g.Expect(os.WriteFile(path, text, 0o755)).To(Succeed())
		_, err = Make(t.Context(), Wanted{Programs: []string{path}, File: file, Tags: []string{"v1"}})
		g.Expect(err).NotTo(HaveOccurred())
		tag, err := name.NewTag("localhost/gateproof:v1")
		g.Expect(err).NotTo(HaveOccurred())
		image, err := tarball.ImageFromPath(file, &tag)
		g.Expect(err).NotTo(HaveOccurred())
		config, err := image.ConfigFile()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(config.Architecture).To(Equal(arch))
		g.Expect(config.Config.Entrypoint).To(Equal([]string{"/usr/bin/gateproof", "run"}))
	}
}

func TestAProgramThatCannotRunInAnImageIsRefused(t *testing.T) {
	g := NewWithT(t)
	_, err := Make(t.Context(), Wanted{Programs: []string{"build_test.go"}, File: t.TempDir() + "/image.tar", Tags: []string{"v1"}})
	g.Expect(err).To(MatchError(input.Err))
	g.Expect(err).To(MatchError(ContainSubstring("build_test.go is no program for linux")))
	_, err = Make(t.Context(), Wanted{Tags: []string{"v1"}})
	g.Expect(err).To(MatchError(ContainSubstring("--image-registry")))
}
