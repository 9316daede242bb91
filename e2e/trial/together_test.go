package trial

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/alter"
	"github.com/gateproof/gateproof/clusters/benign"
	matrices "github.com/gateproof/gateproof/reports/benign"
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
	admit, config, look := alter.Change{Admit: "."}, alter.Change{Config: "."}, benign.InForce{Look: "it is there"}
	tried := trial{all: true, selected: []benign.Variant{
		{ID: "mesh", Lane: "on", Change: admit, InForce: look},
		{ID: "costs", Lane: "on", Change: config, May: []string{"a"}},
		{ID: "agent", Lane: "on", Change: admit, InForce: look},
		{ID: "silent", Lane: "on", Change: admit},
		{ID: "pause", Lane: "on", Change: config},
		{ID: "elsewhere", Lane: "off", Change: config},
		{ID: "waits", Lane: "on", Change: alter.Change{Apply: "a"}, Slow: "it waits"},
		{ID: "loses", Lane: "on", Change: alter.Change{Refuse: "null"}, May: []string{benign.All}},
		{ID: "caps", Lane: "on", Change: config},
		{ID: "login", Lane: "on", Change: alter.Change{Credentials: &alter.Credentials{Alone: true}}},
	}}
	groups := tried.groups()
	g.Expect(ids(groups)).To(Equal([][]string{{"mesh", "costs", "agent"}, {"silent", "pause"}, {"elsewhere"}, {"waits"}, {"loses"}, {"caps"}, {"login"}}))
	g.Expect(groups[1].at).To(Equal([]int{3, 4}))
	g.Expect(groups[1].change).To(Equal(alter.Change{Admit: ".", Config: "."}))

	lost := matrices.Variant{Unobserved: []matrices.Saying{{Claim: "a"}, {Claim: "b"}}}
	g.Expect(groups[0].excused(0, lost)).To(Equal([]string{"a"}))
	g.Expect(groups[0].excused(1, lost)).To(BeEmpty(), "it may miss that itself")

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
