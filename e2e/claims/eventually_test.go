package claims

import (
	"errors"
	"testing"

	. "github.com/onsi/gomega"
)

func TestALookIsWrongOrBlindOrRight(t *testing.T) {
	g := NewWithT(t)
	saw, err := try(func(g Gomega) { g.Expect(2).To(Equal(1), "two workers") })
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(saw).To(HavePrefix("two workers"))
	lost := errors.New("no stream")
	saw, err = try(func(g Gomega) {
		table := seen("", lost)
		g.Expect(table).NotTo(BeEmpty())
	})
	g.Expect(saw).To(BeEmpty(), "what could not be looked at contradicts nothing")
	g.Expect(err).To(Equal(lost))
	saw, err = try(func(g Gomega) { g.Expect(1).To(Equal(1)) })
	g.Expect([]any{saw, err}).To(Equal([]any{"", nil}))
}
