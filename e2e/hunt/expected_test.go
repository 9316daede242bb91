package hunt

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/mutants"
	"github.com/gateproof/gateproof/e2e/corpus"
)

// A claim that no mutant is expected to kill would be a decoration.
func TestEveryClaimKillsAMutant(t *testing.T) {
	g := NewWithT(t)
	all, err := readExpected()
	g.Expect(err).NotTo(HaveOccurred())
	killing := map[string]bool{}
	for _, e := range all {
		for _, claim := range e.Kills {
			killing[claim] = true
		}
	}
	for _, claim := range corpus.ClaimIDs() {
		g.Expect(killing).To(HaveKey(claim))
	}
	known, err := mutants.All()
	g.Expect(err).NotTo(HaveOccurred())
	for _, m := range known {
		g.Expect(all).To(HaveKey(m.ID), "expected.yaml should say which claims mutant %s meets", m.ID)
	}
}
