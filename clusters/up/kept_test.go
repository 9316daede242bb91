package up

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
)

func TestLanesToKeepAreBroughtUpByOneAlone(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	first, err := aloneKeeping()
	g.Expect(err).NotTo(HaveOccurred())
	_, err = Keep(t.Context(), Options{})
	g.Expect(err).To(MatchError(input.Err))
	g.Expect(err).To(MatchError(ContainSubstring("another `gateproof lanes up`")))
	first.Release()
	second, err := aloneKeeping()
	g.Expect(err).NotTo(HaveOccurred())
	second.Release()
}
