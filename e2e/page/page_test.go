package page

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	. "github.com/onsi/gomega"
)

func TestThePageIsAllThere(t *testing.T) {
	g := NewWithT(t)
	text, err := files.ReadFile("v1.10.txt")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(fmt.Sprintf("%x", sha256.Sum256(text))).To(Equal("8741d4a373fb19b3ed1a2ad3dbd120f320d748e0ee73279c7ebfb3c915209596"), "the text is the page's, whatever the cut")
	p, err := Load()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(p.Source).To(ContainSubstring("kubernetes/website"))
	g.Expect(p.Licence).NotTo(BeEmpty())
	hup, err := p.Matching("signal.hup")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(hup[0].Plain()).To(Equal("For example, send SIGHUP to nginx to restart the worker process."))
	table, err := p.Matching("attach.ps.*")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(table[1].Plain()).To(Equal("1 root 0:00 /pause"))
	_, err = p.Matching("signal.hop")
	g.Expect(err).To(MatchError(`the page has no "signal.hop"`))
}

func TestWhatIsNotThePageIsRefused(t *testing.T) {
	p, err := Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	text, err := files.ReadFile("v1.10.txt")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for name, c := range map[string]struct {
		change func(all []Unit) []Unit
		says   string
	}{
		"a sentence added":      {func(all []Unit) []Unit { return slices.Insert(all, 8, Unit{Kind: Sentence, ID: "more", Text: "More."}) }, "are not the page's text"},
		"a sentence at the end": {func(all []Unit) []Unit { return append(all, Unit{Kind: Sentence, ID: "more", Text: "More."}) }, "left over"},
		"a sentence lost":       {func(all []Unit) []Unit { return all[:len(all)-1] }, "left over"},
		"a letter changed":      {func(all []Unit) []Unit { all[7].Text = "When process namespace sharing was enabled"; return all }, "are not the page's text"},
		"an id twice":           {func(all []Unit) []Unit { all[7].ID = "title"; return all }, "two have this id"},
		"no id":                 {func(all []Unit) []Unit { all[7].ID = ""; return all }, "not of the form"},
		"refuted for no reason": {func(all []Unit) []Unit { all[7].Refuted.By = []string{"x"}; return all }, "both are needed"},
		"of no side":            {func(all []Unit) []Unit { all[7].Of = "some"; return all }, "none of shared, isolated, both"},
		"markup that says":      {func(all []Unit) []Unit { all[0].Untestable = "so"; return all }, "is markup"},
		"another kind":          {func(all []Unit) []Unit { all[0].Kind = "verse"; return all }, "none of"},
	} {
		t.Run(name, func(t *testing.T) {
			other := p
			other.Units = c.change(slices.Clone(p.Units))
			NewWithT(t).Expect(other.check(string(text))).To(MatchError(ContainSubstring(c.says)))
		})
	}
}
