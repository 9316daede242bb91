package trial

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/benign"
)

func ids(groups []group) (out [][]string) {
	for _, g := range groups {
		var of []string
		for _, v := range g.variants {
			of = append(of, v.ID)
		}
		out = append(out, of)
	}
	return out
}

func TestVariantsOfOtherMeansAreTriedAtOnce(t *testing.T) {
	g := NewWithT(t)
	admit, config := alter.Change{Admit: "."}, alter.Change{Config: "."}
	tried := trial{all: true, selected: []benign.Variant{
		{ID: "mesh", Lane: "on", Change: admit},
		{ID: "costs", Lane: "on", Change: config, May: []string{"a"}},
		{ID: "agent", Lane: "on", Change: admit},
		{ID: "pause", Lane: "on", Change: config},
		{ID: "elsewhere", Lane: "off", Change: config},
		{ID: "waits", Lane: "on", Change: alter.Change{Apply: "a"}, Slow: "it waits"},
		{ID: "caps", Lane: "on", Change: config},
		{ID: "login", Lane: "on", Change: alter.Change{Credentials: &alter.Credentials{Alone: true}}},
	}}
	groups := tried.groups()
	g.Expect(ids(groups)).To(Equal([][]string{{"mesh", "pause"}, {"costs"}, {"agent", "caps"}, {"elsewhere"}, {"waits"}, {"login"}}))
	g.Expect(groups[2].at).To(Equal([]int{2, 6}))
	g.Expect(groups[0].change).To(Equal(alter.Change{Admit: ".", Config: "."}))

	tried.all = false
	g.Expect(tried.groups()).To(HaveLen(len(tried.selected)))
}

func TestOfAllVariantsThoseThatJoinAreSaid(t *testing.T) {
	all, err := benign.Select("")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	groups := trial{all: true, selected: all}.groups()
	t.Logf("%d variants in %d runs: %q", len(all), len(groups), ids(groups))
	NewWithT(t).Expect(len(groups)).To(BeNumerically("<", len(all)))
}
