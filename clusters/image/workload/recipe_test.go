package workload

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures/images"
)

func folder(recipe string) fs.FS {
	return fstest.MapFS{"recipe.yaml": {Data: []byte(recipe)}, "a.conf": {Data: []byte("a")}}
}

func TestAllRecipesParse(t *testing.T) {
	g := NewWithT(t)
	g.Expect(images.Names()).To(ContainElements("nginx", "busybox"))
	for _, name := range images.Names() {
		dir, err := images.Open(name)
		g.Expect(err).NotTo(HaveOccurred())
		_, err = parse(dir)
		g.Expect(err).NotTo(HaveOccurred(), name)
	}
}

func TestRecipesAreStrict(t *testing.T) {
	for recipe, complaint := range map[string]string{
		"config: {cmd: [x], colour: red}":            "field colour not found",
		"files: {etc/a: b.conf}\nconfig: {cmd: [x]}": "b.conf",
		"folders: [a]": "neither entrypoint nor cmd",
		"debian: {suite: x, variant: extract}\nconfig: {cmd: [x]}":                            "without packages",
		"users: [{name: x}]\nconfig: {cmd: [x]}":                                              "an id above 0",
		"config: {cmd: [x]}\n---\nconfig: {cmd: [y]}":                                         "more than one document",
		"busybox: {}\nconfig: {cmd: [x]}":                                                     "suite is missing",
		"debian: {suite: x, variant: minbase}\nusers: [{name: x, id: 7}]\nconfig: {cmd: [x]}": "not configured",
	} {
		_, err := parse(folder(recipe))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(complaint)), recipe)
	}
}

func TestDigestIsOfContentAndNotOfComments(t *testing.T) {
	g := NewWithT(t)
	digest := func(text string) string {
		r, err := parse(folder(text))
		g.Expect(err).NotTo(HaveOccurred())
		d, err := r.digest(folder(text), "amd64")
		g.Expect(err).NotTo(HaveOccurred())
		return d
	}
	one := "files: {etc/a: a.conf}\nconfig: {cmd: [x]}"
	g.Expect(digest("# why\n" + one)).To(Equal(digest(one)))
	g.Expect(digest(strings.Replace(one, "[x]", "[y]", 1))).NotTo(Equal(digest(one)))
}

// The page shows what head prints of this file, ten lines.
func TestNginxConfigurationBeginsAsOnThePage(t *testing.T) {
	g := NewWithT(t)
	dir, err := images.Open("nginx")
	g.Expect(err).NotTo(HaveOccurred())
	data, err := fs.ReadFile(dir, "nginx.conf")
	g.Expect(err).NotTo(HaveOccurred())
	head := strings.SplitN(string(data), "\n", 11)[:10]
	g.Expect(strings.Fields(strings.Join(head, " "))).To(Equal(strings.Fields(
		"user nginx; worker_processes 1; error_log /var/log/nginx/error.log warn; pid /var/run/nginx.pid; events { worker_connections 1024;")))
	g.Expect(head[0]).To(BeEmpty())
}
