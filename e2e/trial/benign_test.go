package trial

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/benign"
	"github.com/gateproof/gateproof/reports"
)

func TestVariantsNameClaimsThatExist(t *testing.T) {
	g := NewWithT(t)
	all, err := benign.Variants()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(known(all)).To(Succeed())
	g.Expect(known([]benign.Variant{{ID: "v", May: []string{"*", "nothing"}}})).To(MatchError(`variant v: there is no claim "nothing"`))
}

func TestASampleTriesTheWalkThroughAndWhatTheHabitBearsOn(t *testing.T) {
	g := NewWithT(t)
	v := benign.Variant{Bears: []string{"hup-1-hits-sandbox"}, Holds: []string{"cri-mode"}, Claims: []string{"field-persists"}}
	g.Expect(trial{sample: true}.claims(v)).To(Equal([]string{"page-manifest-runs", "attach-terminal", "page-transcript", "hup-1-hits-sandbox", "cri-mode"}))
	g.Expect(trial{}.claims(v)).To(Equal([]string{"field-persists"}))
}

func TestTheLookIsReadLineByLine(t *testing.T) {
	run := reports.Run{Lanes: []reports.Lane{{Look: []reports.LookRow{{What: "PID 1", Found: "/pause, uid 65535"}}}}}
	NewWithT(t).Expect(lookLines(run)).To(Equal([]string{"PID 1: /pause, uid 65535"}))
}
