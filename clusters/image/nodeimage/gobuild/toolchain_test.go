package gobuild

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestReleaseOfTheGoCommand(t *testing.T) {
	g := NewWithT(t)
	for said, want := range map[string]string{
		"go1.26.8": "go1.26.8", "go1.26.8 X:nodwarf5": "go1.26.8", "go1.26.8-X:nodwarf5": "go1.26.8", "go1.26.8 (Red Hat 1.26.8-1)": "go1.26.8",
		"go1.27rc1": "go1.27rc1",
	} {
		g.Expect(releaseOf(said)).To(Equal(want), said)
	}
	for _, said := range []string{"", "devel go1.27-abcdef Mon", "go1.27-devel_abcdef", "gccgo"} {
		_, err := releaseOf(said)
		g.Expect(err).To(MatchError(ContainSubstring("https://go.dev/dl")), said)
	}
}
