package lab

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/fixtures"
)

// The namespaces of a run are no laxer than its pods need; a new fixture that needs all doors open is written down here.
func TestLevels(t *testing.T) {
	g := NewWithT(t)
	var privileged []string
	for _, name := range fixtures.Names() {
		level, err := LevelOf(name)
		g.Expect(err).NotTo(HaveOccurred())
		if level == Privileged {
			privileged = append(privileged, name)
		} else {
			g.Expect(level).To(Equal(Baseline), "claims look at processes as root, which restricted has none of: %s", name)
		}
	}
	g.Expect(privileged).To(Equal([]string{
		"baseline-admits.yaml", "environment-visible.yaml", "host-pid-control.yaml", "host-pid-stop-spares-others.yaml", "hostpid-exclusive.yaml", "needs-pid-1-control.yaml",
		"needs-pid-1-fails.yaml", fixtures.PageManifest, "signal-access.yaml",
	}))
}

func TestLevelOfSeveral(t *testing.T) {
	g := NewWithT(t)
	level, err := LevelOf("field-persists.yaml", fixtures.PageManifest)
	g.Expect(level, err).To(Equal(Privileged))
	_, err = LevelOf("nothing.yaml")
	g.Expect(err).To(MatchError(ContainSubstring("nothing.yaml")))
}
