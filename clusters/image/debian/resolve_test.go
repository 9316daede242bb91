package debian

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhatPackagesDependOn(t *testing.T) {
	f := newFakeArchive(t,
		pkg("web", map[string]string{"Depends": "libc (>= 2), mta | mail-agent, perl:any", "Pre-Depends": "setup", "Recommends": "docs"}),
		pkg("libc", map[string]string{"Version": "2.36", "Depends": "gcc-base"}),
		pkg("gcc-base", needs("libc")), // they depend on each other
		pkg("setup", nil), pkg("perl", nil), pkg("docs", nil), pkg("mta", nil),
		pkg("exim", map[string]string{"Provides": "mail-agent"}),
		pkg("essential", map[string]string{"Essential": "yes"}),
		pkg("picky", needs("no-such | libc (>= 3) | perl")),
		pkg("awk-user", needs("awk")),
		pkg("gawk", map[string]string{"Provides": "awk", "Priority": "optional"}),
		pkg("mawk", map[string]string{"Provides": "awk", "Priority": "required"}),
		pkg("api-user", needs("api (= 2)")),
		pkg("api1", map[string]string{"Provides": "api (= 1)"}),
		pkg("api2", map[string]string{"Provides": "api (= 2)"}),
		pkg("api-any", map[string]string{"Provides": "api"}),
		pkg("late", needs("mta | exim, later")), pkg("later", needs("exim")),
		pkg("twice", map[string]string{"Version": "1.10"}), pkg("twice", map[string]string{"Version": "1.9"}),
	)
	for ask, want := range map[string]string{
		"web":           "gcc-base, libc, mta, perl, setup, web",
		"web exim":      "exim, gcc-base, libc, perl, setup, web", // what is in already, be it by another name
		"picky":         "perl, picky",                            // not what is missing or too old
		"awk-user":      "awk-user, mawk",                         // the usual one of several
		"awk-user gawk": "awk-user, gawk",
		"api-user":      "api-user, api2",
		"late":          "exim, late, later", // what is certain comes before what there is a choice of
		"gcc-base perl": "gcc-base, libc, perl",
		"setup setup":   "setup",
	} {
		got, err := f.resolve(strings.Fields(ask)...)
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred(), ask)
		for i, p := range got {
			got[i], _, _ = strings.Cut(p, " ")
		}
		g.Expect(strings.Join(got, ", ")).To(Equal(want), ask)
	}
	NewWithT(t).Expect(f.resolve("twice")).To(Equal([]string{"twice 1.10"}))
}

func TestMissingPackageIsNamedWithWhoAsked(t *testing.T) {
	g := NewWithT(t)
	f := newFakeArchive(t, pkg("web", map[string]string{"Version": "7", "Depends": "libc (>= 3) | no-such"}), pkg("libc", nil))
	_, err := f.resolve("nope")
	g.Expect(err).To(MatchError(And(ContainSubstring("bookworm/arm64 has no package nope"), ContainSubstring("asked for"))))
	_, err = f.resolve("web")
	g.Expect(err).To(MatchError(ContainSubstring("bookworm/arm64 has no package libc (>= 3) | no-such, on which web 7 depends")))
}

func TestEmptyRootIsRefused(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Root{Include: []string{"a"}}.Validate()).To(MatchError(ContainSubstring("suite")))
	_, err := newFakeArchive(t).resolve()
	g.Expect(err).To(MatchError(ContainSubstring("empty")))
}
