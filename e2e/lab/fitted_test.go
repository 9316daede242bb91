package lab

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/fixtures"
)

func TestImagesComeFromTheRegistry(t *testing.T) {
	g := NewWithT(t)
	page, err := fixtures.Manifest(fixtures.PageManifest)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect((&Bench{}).fitted(page)).To(Equal(page), "without a registry not a byte changes")

	b := &Bench{Images: clusters.Images{Names: map[string]string{"nginx": "r.example/x/nginx:1", "busybox": "r.example/x/busybox:1"}}}
	sourced, err := b.fitted(page)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(sourced)).To(And(ContainSubstring("image: r.example/x/nginx:1\n"), ContainSubstring("image: r.example/x/busybox:1\n"), ContainSubstring("stdin: true")))

	objects, err := Objects("field-in-templates.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	for _, o := range objects {
		g.Expect(b.source(o)).To(Succeed())
		text, err := o.MarshalJSON()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(strings.Count(string(text), `"image":`)).To(Equal(strings.Count(string(text), `"image":"r.example/x/`)), "%s", text)
	}
}

// fittedTemplates are the templates of every kind, as the bench's cluster wants them.
func fittedTemplates(g Gomega, b *Bench) []Object {
	objects, err := Objects("field-in-templates.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	for _, o := range objects {
		g.Expect(b.fit(o)).To(Succeed())
	}
	return objects
}

func TestPodsGetTheLanesRuntimeClass(t *testing.T) {
	g := NewWithT(t)
	page, err := fixtures.Manifest(fixtures.PageManifest)
	g.Expect(err).NotTo(HaveOccurred())
	b := &Bench{Lane: lane.Lane{RuntimeClass: "crun"}}
	fitted, err := b.fitted(page)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(fitted)).To(And(ContainSubstring("\n  runtimeClassName: crun\n"), ContainSubstring("image: nginx\n")))

	for _, o := range fittedTemplates(g, b) {
		text, err := o.MarshalJSON()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(strings.Count(string(text), `"runtimeClassName":"crun"`)).To(Equal(1), "%s", text)
	}
}
