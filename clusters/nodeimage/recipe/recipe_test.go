package recipe

import (
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
	"golang.org/x/mod/modfile"
)

func TestAllRecipesAndTheirModulesParse(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Versions()).To(ContainElement("v1.16.15"))
	for _, v := range Versions() {
		r, ok, err := For(v)
		g.Expect(err).NotTo(HaveOccurred(), v)
		g.Expect(ok).To(BeTrue(), v)
		for _, m := range r.Modules {
			f, err := modfile.Parse(m.Name, m.Mod, nil)
			g.Expect(err).NotTo(HaveOccurred(), m.Name)
			for _, req := range f.Require {
				g.Expect(string(m.Sum)).To(SatisfyAny(
					ContainSubstring(req.Mod.Path+" "+req.Mod.Version), ContainSubstring(req.Mod.Path+" v")), m.Name)
			}
		}
	}
}

// A node image's files and the library that boots it are of one release.
func TestKindFilesAreOfTheReleaseThatBootsThem(t *testing.T) {
	g := NewWithT(t)
	m, err := Kind()
	g.Expect(err).NotTo(HaveOccurred())
	f, err := modfile.Parse("kind", m.Mod, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(f.Require).To(HaveLen(1))
	g.Expect(f.Require[0].Mod.Version).To(Equal(suiteRequires(t, f.Require[0].Mod.Path)))
}

func TestUnknownVersionIsNoError(t *testing.T) {
	g := NewWithT(t)
	_, ok, err := For("v1.16.99")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ok).To(BeFalse())
}

const minimal = `version: v1.2.3
modules: [{name: m, programs: [{package: example.org/cmd/prog}]}]
roots: {r: {suite: s, variant: minbase}}
node: {root: r, cgroupDriver: systemd, programs: {usr/bin/prog: m/prog}}
`

func TestRecipesAreStrict(t *testing.T) {
	parseText := func(text string) error {
		_, err := parse(fstest.MapFS{"recipe.yaml": {Data: []byte(text)},
			"m.mod.txt": {Data: []byte("module m\n")}, "m.sum.txt": {}}, fstest.MapFS{})
		return err
	}
	g := NewWithT(t)
	g.Expect(parseText(minimal)).To(Succeed())
	for _, c := range []struct{ from, to, complaint string }{
		{"version: v1.2.3", "", "version is missing"},
		{"version", "kubernetes", "field kubernetes not found"},
		{"root: r,", "root: q,", `no root "q"`},
		{"m/prog", "m/other", `no module builds "m/other"`},
		{"name: m", "name: n", "n.mod.txt"},
		{"systemd", "magic", `cgroupDriver "magic"`},
		{"root: r,", "root: r, overlays: [x],", `no overlay "x"`},
		{"suite: s, ", "", "suite is missing"},
		{"version: v1.2.3\n", "version: v1.2.3\n---\n", "more than one document"},
	} {
		g.Expect(parseText(strings.Replace(minimal, c.from, c.to, 1))).To(MatchError(ContainSubstring(c.complaint)), c.complaint)
	}
}
