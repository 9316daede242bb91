package hunt

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/clusters/mutants"
)

// A claim's kill means something where it holds on a cluster as it is, of which as much is expected. One such cluster is enough.
func TestALaneBesideOneLikeItMeetsItsOwnMutantsClaims(t *testing.T) {
	g := NewWithT(t)
	lanes, err := lane.Select("on,off,default")
	g.Expect(err).NotTo(HaveOccurred())
	h := hunt{expected: map[string]expected{"a": {Kills: []string{"cri-mode"}}, "d": {Kills: []string{"gate-stage"}, Spares: []string{"field-persists"}}}}
	for id, lane := range map[string]string{"a": "on", "b": "on", "c": "off", "d": "default"} {
		h.selected = append(h.selected, mutants.Mutant{ID: id, Lane: lane})
	}
	spared := h.spared(lanes)
	g.Expect(spared).To(HaveLen(1))
	g.Expect(spared["default"]).To(ContainElements("page-transcript", "gate-stage", "field-persists"))
	g.Expect(spared["default"]).NotTo(ContainElement("cri-mode"))
}
