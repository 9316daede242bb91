package job

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestClaimsAreNoStepsOfTheRun(t *testing.T) {
	g := NewWithT(t)
	for _, step := range []string{"on hup-restarts-worker", "mixed-gates worker-off hup-restarts-worker"} {
		g.Expect(isClaim(step)).To(BeTrue(), step)
	}
	for _, step := range []string{"boot lane on (v1.16.15)", "take the lanes down", "first look at prod"} {
		g.Expect(isClaim(step)).To(BeFalse(), step)
	}
}
