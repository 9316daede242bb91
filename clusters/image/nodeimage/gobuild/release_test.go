package gobuild

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestReleasePinsBecomeThoseOfAMainModule(t *testing.T) {
	g := NewWithT(t)
	m := Module{Name: "kubernetes", Version: "v1.37.2", Release: &Release{
		Module: "k8s.io/kubernetes", Replace: map[string]string{"example.org/gone": "example.org/here v1.2.0"}}}
	out, err := m.derive([]byte(`module k8s.io/kubernetes

go 1.26.0

godebug default=go1.26

require (
	example.org/gone v1.0.0
	k8s.io/api v0.0.0
)

replace (
	example.org/pinned => example.org/pinned v1.1.0
	k8s.io/api => ./staging/src/k8s.io/api
)
`))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(out)).To(And(
		HavePrefix("module gateproof.build/kubernetes\n"),
		ContainSubstring("godebug default=go1.26"),
		ContainSubstring("k8s.io/kubernetes v1.37.2"),
		ContainSubstring("k8s.io/api => k8s.io/api v0.37.2"),
		ContainSubstring("example.org/pinned => example.org/pinned v1.1.0"),
		ContainSubstring("example.org/gone => example.org/here v1.2.0"),
		Not(ContainSubstring("staging"))))
}

func TestReleasesAreChecked(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Release{}.validate()).To(MatchError(ContainSubstring("module is missing")))
	g.Expect(Release{Module: "m", Replace: map[string]string{"a": "b"}}.validate()).To(MatchError(ContainSubstring(`"b"`)))
}
