package recipe

import (
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"
	"golang.org/x/mod/modfile"
)

// shown are a version of each range, and the default lanes', which has files of its own.
var shown = []string{"v1.15.12", "v1.16.15", "v1.17.17", "v1.36.3", "v1.37.0"}

func TestAllRecipesAndTheirModulesParse(t *testing.T) {
	g := NewWithT(t)
	for _, v := range shown {
		r, ok, err := For(v)
		g.Expect(err).NotTo(HaveOccurred(), v)
		g.Expect(ok).To(BeTrue(), v)
		g.Expect(r.Version).To(Equal(v))
		for _, m := range r.Modules {
			if m.Release != nil {
				g.Expect(m.Version).To(Equal(v))
				continue
			}
			f, err := modfile.Parse(m.Name, m.Mod, nil)
			g.Expect(err).NotTo(HaveOccurred(), m.Name)
			for _, req := range f.Require {
				g.Expect(string(m.Sum)).To(SatisfyAny(
					ContainSubstring(req.Mod.Path+" "+req.Mod.Version), ContainSubstring(req.Mod.Path+" v")), m.Name)
			}
		}
	}
}

func TestReleaseWithFilesOfItsOwnIsPinnedByThem(t *testing.T) {
	g := NewWithT(t)
	r, _, err := For("v1.16.15")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Modules[0].Release).To(BeNil())
	g.Expect(string(r.Modules[0].Mod)).To(ContainSubstring("k8s.io/kubernetes v1.16.15"))
}

func TestPatchesAreForTheVersionsThatNeedThem(t *testing.T) {
	g := NewWithT(t)
	for version, n := range map[string]int{"v1.15.12": 11, "v1.16.15": 7, "v1.17.17": 4} {
		r, _, err := For(version)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Modules[0].Patches).To(HaveLen(n), version)
	}
}

func TestRangesDoNotOverlap(t *testing.T) {
	g := NewWithT(t)
	ranges, err := Ranges()
	g.Expect(err).NotTo(HaveOccurred())
	for _, r := range ranges {
		n := 0
		for _, other := range ranges {
			if other.has(r.From) {
				n++
			}
		}
		g.Expect(n).To(Equal(1), "%s", r)
	}
	g.Expect(Buildable()).To(And(ContainSubstring("from v1.15.0 to below v1.19.0"), ContainSubstring("from v1.34.0 on")))
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
	_, ok, err := For("v1.20.0")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ok).To(BeFalse())
}

const (
	minimalCommon = "roots: {r: {suite: s, variant: minbase}}\nnode: {root: r, programs: {usr/bin/prog: m/prog}}\n"
	minimal       = "from: v1.2.0\nmodules: [{name: m, programs: [{package: example.org/cmd/prog}]}]\nnode: {cgroupDriver: systemd}\n"
)

func TestRecipesAreStrict(t *testing.T) {
	parseText := func(text string) error {
		ranges, err := parse(fstest.MapFS{"common.yaml": {Data: []byte(minimalCommon)}, "one.yaml": {Data: []byte(text)}})
		if err == nil {
			_, err = ranges[0].at("v1.2.3", fstest.MapFS{"m.mod.txt": {Data: []byte("module m\n")}, "m.sum.txt": {}})
		}
		return err
	}
	g := NewWithT(t)
	g.Expect(parseText(minimal)).To(Succeed())
	for _, c := range []struct{ from, to, complaint string }{
		{"from: v1.2.0", "", "from is missing"},
		{"from", "since", "field since not found"},
		{"node: {", "node: {programs: {x: m/other}, ", `no module builds "m/other"`},
		{"name: m", "name: n", "n.mod.txt"},
		{"systemd", "magic", `cgroupDriver "magic"`},
		{"node: {", "node: {overlays: [x], ", `no overlay "x"`},
		{"node: {", "roots: {r: {variant: minbase}}\nnode: {", "suite is missing"},
		{"node: {", "images: [{name: etcd, root: q}]\nnode: {", "which would name it"},
		{"node: {", "images: [{name: a/etcd, root: q}]\nnode: {", `no root "q"`},
		{"from: v1.2.0\n", "from: v1.2.0\n---\n", "more than one document"},
	} {
		g.Expect(parseText(strings.Replace(minimal, c.from, c.to, 1))).To(MatchError(ContainSubstring(c.complaint)), c.complaint)
	}
}

// What users see as PID 1 of a sharing pod depends on it.
func TestThePauseOfTheDayIsNotRoots(t *testing.T) {
	g := NewWithT(t)
	for version, user := range map[string]string{"v1.16.15": "", "v1.37.0": "65535:65535"} {
		r, _, err := For(version)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Images).To(ContainElement(And(HaveField("Name", HaveSuffix("/pause:3.10")), HaveField("User", user))), version)
	}
}
